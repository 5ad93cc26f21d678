using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Autoscalers: the least is not more than the most.</summary>
internal sealed class AutoscalerRules() : TypeRules("autoscaling", "horizontalpodautoscalers")
{
    /// <inheritdoc/>
    protected override void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
        if (root["spec"]?["maxReplicas"] is JsonValue most && root["spec"]?["minReplicas"] is JsonValue least
            && most.TryGetValue(out int high) && least.TryGetValue(out int low) && high < low)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("spec").Child("maxReplicas"), high, "must be greater than or equal to `minReplicas`"));
        }
    }
}
