using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>Jobs and CronJobs: the selector that a job is given, how many pods, and what stays.</summary>
internal sealed class JobRules() : TypeRules("batch", "jobs", "cronjobs")
{
    private static readonly string[] OwnLabels = ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];

    /// <inheritdoc/>
    protected override ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken)
    {
        if (root["spec"] is not JsonObject spec)
        {
            return ValueTask.CompletedTask;
        }

        if (request.Context.Type.Plural == "cronjobs")
        {
            PodDefaults.Apply(spec["jobTemplate"]?["spec"]?["template"]?["spec"] as JsonObject);
            return ValueTask.CompletedTask;
        }

        PodDefaults.Apply(spec["template"]?["spec"] as JsonObject);
        if (!spec.ContainsKey("parallelism") && !spec.ContainsKey("completions"))
        {
            spec["completions"] = 1;
        }

        Default(spec, "parallelism", static () => 1);
        if (request.Operation == AdmissionOperation.Create && spec["manualSelector"]?.GetValue<bool>() != true)
        {
            Select(root, spec);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
        bool isJob = request.Context.Type.Plural == "jobs";
        var at = isJob ? FieldPath.Root("spec") : FieldPath.Root("spec").Child("jobTemplate").Child("spec");
        var spec = isJob ? root["spec"] : root["spec"]?["jobTemplate"]?["spec"];
        if (spec?["template"]?["spec"] is JsonObject pod)
        {
            var field = at.Child("template").Child("spec");
            PodSpecRules.Check(pod, field, errors);
            if ((string?)pod["restartPolicy"] is { } policy and not ("OnFailure" or "Never"))
            {
                errors.Add(FieldError.NotSupported(field.Child("restartPolicy"), policy, "Never", "OnFailure"));
            }
        }

        if (isJob)
        {
            Keep(root, old, "completions", errors);
            Keep(root, old, "selector", errors);
            if (old?["spec"]?["suspend"]?.GetValue<bool>() != true)
            {
                Keep(root, old, "template", errors);
            }
        }
    }

    private static void Select(JsonObject root, JsonObject spec)
    {
        string uid = (string?)root["metadata"]?["uid"] ?? string.Empty;
        string name = (string?)root["metadata"]?["name"] ?? string.Empty;
        if (spec["template"] is not JsonObject template)
        {
            return;
        }

        if (template["metadata"] is not JsonObject metadata)
        {
            template["metadata"] = metadata = [];
        }

        if (metadata["labels"] is not JsonObject labels)
        {
            metadata["labels"] = labels = [];
        }

        foreach (string label in OwnLabels)
        {
            labels[label] = label.EndsWith("uid", StringComparison.Ordinal) ? uid : name;
        }

        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } };
    }
}
