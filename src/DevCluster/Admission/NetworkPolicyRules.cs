using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Network policies: which directions they are about.</summary>
internal sealed class NetworkPolicyRules() : TypeRules("networking.k8s.io", "networkpolicies")
{
    /// <inheritdoc/>
    protected override ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (root["spec"] is JsonObject spec)
        {
            Default(spec, "policyTypes", () => spec["egress"] is JsonArray { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
        }

        return ValueTask.CompletedTask;
    }
}
