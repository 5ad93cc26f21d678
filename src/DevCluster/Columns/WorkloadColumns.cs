using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Tables;
using static KubeFed.DevClusters.Columns.Cells;
using static KubeFed.DevClusters.Columns.ClusterColumns;

namespace KubeFed.DevClusters.Columns;

/// <summary>The cells of deployments, sets and jobs.</summary>
internal static class WorkloadColumns
{
    private static readonly string[] WithTemplates = ["deployments", "replicasets", "statefulsets", "daemonsets", "jobs"];
    private static readonly string[] PodSpec = ["spec", "template", "spec"];
    private static readonly string[] JobPodSpec = ["spec", "jobTemplate", .. PodSpec];

    public static IEnumerable<KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>>> All =>
    [
        Of("deployments", "Ready", static (o, _) => Ratio(Number(o, "status", "readyReplicas"), Number(o, "spec", "replicas"))),
        Of("deployments", "Up-to-date", static (o, _) => Number(o, "status", "updatedReplicas")),
        Of("deployments", "Available", static (o, _) => Number(o, "status", "availableReplicas")),
        Of("replicasets", "Desired", static (o, _) => Number(o, "spec", "replicas")),
        Of("replicasets", "Current", static (o, _) => Number(o, "status", "replicas")),
        Of("replicasets", "Ready", static (o, _) => Number(o, "status", "readyReplicas")),
        Of("statefulsets", "Ready", static (o, _) => Ratio(Number(o, "status", "readyReplicas"), Number(o, "spec", "replicas"))),
        Of("daemonsets", "Desired", static (o, _) => Number(o, "status", "desiredNumberScheduled")),
        Of("daemonsets", "Current", static (o, _) => Number(o, "status", "currentNumberScheduled")),
        Of("daemonsets", "Ready", static (o, _) => Number(o, "status", "numberReady")),
        Of("daemonsets", "Up-to-date", static (o, _) => Number(o, "status", "updatedNumberScheduled")),
        Of("daemonsets", "Available", static (o, _) => Number(o, "status", "numberAvailable")),
        Of("daemonsets", "Node Selector", static (o, _) => Labels(o.GetNode([.. PodSpec, "nodeSelector"]))),
        Of("jobs", "Status", static (o, _) => JobStatus(o)),
        Of("jobs", "Completions", static (o, _) => Completions(o)),
        Of("jobs", "Duration", Duration),
        Of("cronjobs", "Timezone", static (o, _) => Text(o, None, "spec", "timeZone")),
        Of("cronjobs", "Suspend", static (o, _) => o.GetNode("spec", "suspend") is JsonValue value && value.TryGetValue(out bool held) && held ? "True" : "False"),
        Of("cronjobs", "Active", static (o, _) => Items(o.GetNode("status", "active")).Count),
        Of("cronjobs", "Last Schedule", static (o, now) => o.GetString("status", "lastScheduleTime") is { } time ? Age(time, now) : None),
        Of("controllerrevisions", "Controller", static (o, _) => Owner(o)),
        .. WithTemplates.SelectMany(static resource => Pods(resource, PodSpec)),
        .. Pods("cronjobs", JobPodSpec),
    ];

    private static IEnumerable<KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>>> Pods(string resource, string[] podSpec) =>
    [
        Of(resource, "Containers", (o, _) => Containers(o, "name", podSpec)),
        Of(resource, "Images", (o, _) => Containers(o, "image", podSpec)),
        Of(resource, "Selector", static (o, _) => Selector(o.GetNode("spec", "selector"))),
    ];

    private static string Ratio(int have, int want) => string.Create(CultureInfo.InvariantCulture, $"{have}/{want}");

    private static string JobStatus(KubeObject job) =>
        (string?)Condition(job, "Complete")?["status"] == "True" ? "Complete"
        : (string?)Condition(job, "Failed")?["status"] == "True" ? "Failed"
        : job.Metadata.IsDeleting ? "Terminating"
        : (string?)Condition(job, "Suspended")?["status"] == "True" ? "Suspended"
        : "Running";

    private static string Completions(KubeObject job)
    {
        int succeeded = Number(job, "status", "succeeded");
        if (job.GetNode("spec", "completions") is { } completions)
        {
            return Ratio(succeeded, Number(completions));
        }

        int parallelism = Number(job, "spec", "parallelism");
        return parallelism > 1 ? string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1 of {parallelism}") : Ratio(succeeded, 1);
    }

    private static JsonNode? Duration(KubeObject job, DateTimeOffset now) => Time(job.GetString("status", "startTime")) is { } start
        ? HumanDuration.Format((Time(job.GetString("status", "completionTime")) ?? now) - start)
        : string.Empty;

    private static string Owner(KubeObject item) => item.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true) is { } owner
        ? $"{owner.Kind.ToLowerInvariant()}{(owner.ApiVersion.Contains('/', StringComparison.Ordinal) ? "." + owner.ApiVersion[..owner.ApiVersion.IndexOf('/', StringComparison.Ordinal)] : string.Empty)}/{owner.Name}"
        : None;
}
