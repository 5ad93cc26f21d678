using System.Text.Json.Nodes;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>How long deleted pods stay to end in order.</summary>
internal static class PodGrace
{
    private const long DefaultSeconds = 30;

    /// <summary>The seconds of a pod's own grace; none for a pod that runs nowhere, or no more.</summary>
    public static long Of(JsonObject pod)
    {
        var runs = pod["spec"]?["nodeName"] is JsonValue && (string?)pod["status"]?["phase"] is not ("Succeeded" or "Failed");
        return !runs ? 0
            : pod["spec"]?["terminationGracePeriodSeconds"] is JsonValue value && value.TryGetValue(out long seconds) ? Math.Max(seconds, 1)
            : DefaultSeconds;
    }
}
