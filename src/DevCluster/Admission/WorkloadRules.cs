using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Deployments and sets: how they are updated, that they select their own pods, and that their selector stays.</summary>
internal sealed class WorkloadRules() : TypeRules("apps", "deployments", "replicasets", "statefulsets", "daemonsets")
{
    private const string OfStatefulSet =
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    private static readonly string[] ChangeableOfStatefulSet =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    /// <inheritdoc/>
    protected override ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (root["spec"] is not JsonObject spec)
        {
            return ValueTask.CompletedTask;
        }

        PodDefaults.Apply(spec["template"]?["spec"] as JsonObject);
        switch (request.Context.Type.Plural)
        {
            case "deployments":
                Rolling(spec, "strategy", static () => new JsonObject { ["maxSurge"] = "25%", ["maxUnavailable"] = "25%" });
                break;
            case "daemonsets":
                Rolling(spec, "updateStrategy", static () => new JsonObject { ["maxSurge"] = 0, ["maxUnavailable"] = 1 });
                break;
            case "statefulsets":
                Rolling(spec, "updateStrategy", static () => new JsonObject { ["partition"] = 0 });
                CompleteClaims(spec);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
        if (root["spec"] is not JsonObject spec)
        {
            errors.Add(FieldError.Required(FieldPath.Root("spec")));
            return;
        }

        CheckTemplate(spec, errors);
        if (request.Context.Type.Plural != "statefulsets")
        {
            Keep(root, old, "selector", errors);
        }
        else if (old?["spec"] is JsonObject before && !JsonNode.DeepEquals(Without(spec), Without(before)))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root("spec"), OfStatefulSet));
        }
    }

    private static void CheckTemplate(JsonObject spec, FieldErrorList errors)
    {
        var at = FieldPath.Root("spec");
        var selector = spec["selector"]?.Deserialize(SelectorJsonContext.Default.LabelSelector);
        if (selector is null || selector.IsEmpty)
        {
            errors.Add(FieldError.Invalid(at.Child("selector"), FieldValue.From(spec["selector"]), "empty selector is invalid for deployment"));
        }
        else if (!selector.ToSelector().Matches(LabelsOf(spec["template"])))
        {
            errors.Add(FieldError.Invalid(
                at.Child("template").Child("metadata").Child("labels"),
                FieldValue.From(spec["template"]?["metadata"]?["labels"]),
                "`selector` does not match template `labels`"));
        }

        if (spec["template"]?["spec"] is not JsonObject pod)
        {
            errors.Add(FieldError.Required(at.Child("template").Child("spec").Child("containers")));
            return;
        }

        PodSpecRules.Check(pod, at.Child("template").Child("spec"), errors);
        if ((string?)pod["restartPolicy"] is { } policy and not "Always")
        {
            errors.Add(FieldError.NotSupported(at.Child("template").Child("spec").Child("restartPolicy"), policy, "Always"));
        }
    }

    private static Dictionary<string, string> LabelsOf(JsonNode? template) =>
        (template?["metadata"]?["labels"] as JsonObject ?? []).ToDictionary(static label => label.Key, static label => (string?)label.Value ?? string.Empty, StringComparer.Ordinal);

    private static void Rolling(JsonObject spec, string member, Func<JsonObject> defaults)
    {
        if (spec[member] is JsonObject strategy && (string?)strategy["type"] == "RollingUpdate")
        {
            Default(strategy, "rollingUpdate", defaults);
        }
    }

    private static void CompleteClaims(JsonObject spec)
    {
        foreach (var claim in (spec["volumeClaimTemplates"] as JsonArray ?? []).OfType<JsonObject>())
        {
            claim["apiVersion"] = "v1";
            claim["kind"] = "PersistentVolumeClaim";
            claim["status"] = new JsonObject { ["phase"] = "Pending" };
        }
    }

    private static JsonObject Without(JsonObject spec)
    {
        var copy = (JsonObject)spec.DeepClone();
        foreach (string name in ChangeableOfStatefulSet)
        {
            copy.Remove(name);
        }

        return copy;
    }
}
