using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Pods: their service account, tolerations of the node's first troubles, quality class, and that their spec stays as it is.</summary>
internal sealed class PodRules() : TypeRules(string.Empty, "pods")
{
    private const string Immutable =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private const int EvictionSeconds = 300;
    private static readonly string[] Changeable = ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName", "schedulingGates"];

    /// <inheritdoc/>
    protected override ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (root["spec"] is not JsonObject spec)
        {
            return ValueTask.CompletedTask;
        }

        PodDefaults.Apply(spec);
        PodDefaults.RequestLimits(spec);
        Default(spec, "enableServiceLinks", static () => true);
        if (request.Operation == AdmissionOperation.Create)
        {
            if (!spec.ContainsKey("serviceAccountName"))
            {
                spec["serviceAccountName"] = "default";
                spec["serviceAccount"] = "default";
            }

            Default(spec, "preemptionPolicy", static () => "PreemptLowerPriority");
            Default(spec, "priority", static () => 0);
            Tolerate(spec, "node.kubernetes.io/not-ready");
            Tolerate(spec, "node.kubernetes.io/unreachable");
            root["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = ClassOf(spec) };
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
        if (root["spec"] is not JsonObject spec)
        {
            errors.Add(FieldError.Required(FieldPath.Root("spec").Child("containers")));
            return;
        }

        PodSpecRules.Check(spec, FieldPath.Root("spec"), errors);
        if (old?["spec"] is JsonObject before && !JsonNode.DeepEquals(Fixed(spec), Fixed(before)))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root("spec"), Immutable));
        }
    }

    private static void Tolerate(JsonObject spec, string key)
    {
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            spec["tolerations"] = tolerations = [];
        }

        if (!tolerations.Any(toleration => (string?)toleration?["key"] is var known && (known == key || string.IsNullOrEmpty(known))))
        {
            tolerations.Add(new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = EvictionSeconds });
        }
    }

    private static string ClassOf(JsonObject spec)
    {
        var resources = (spec["containers"] as JsonArray ?? []).Concat(spec["initContainers"] as JsonArray ?? []).Select(static container => container?["resources"]).ToList();
        if (resources.All(static r => r?["requests"] is not JsonObject { Count: > 0 } && r?["limits"] is not JsonObject { Count: > 0 }))
        {
            return "BestEffort";
        }

        bool guaranteed = resources.All(static r =>
            r?["limits"]?["cpu"] is { } cpu && r["limits"]?["memory"] is { } memory
            && JsonNode.DeepEquals(r["requests"]?["cpu"], cpu) && JsonNode.DeepEquals(r["requests"]?["memory"], memory));
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static JsonObject Fixed(JsonObject spec)
    {
        var copy = (JsonObject)spec.DeepClone();
        foreach (string name in Changeable)
        {
            copy.Remove(name);
        }

        foreach (var container in (copy["containers"] as JsonArray ?? []).Concat(copy["initContainers"] as JsonArray ?? []))
        {
            (container as JsonObject)?.Remove("image");
        }

        return copy;
    }
}
