using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Volumes and claims begin as pending.</summary>
internal sealed class VolumeRules() : TypeRules(string.Empty, "persistentvolumes", "persistentvolumeclaims")
{
    /// <inheritdoc/>
    protected override ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create)
        {
            root["status"] = new JsonObject { ["phase"] = "Pending" };
        }

        return ValueTask.CompletedTask;
    }
}
