using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>Reads objects of the clusters as what a person wants to know of them.</summary>
internal static class FleetReading
{
    private const string RegionLabel = "topology.kubernetes.io/region";

    public static MemberState Member(
        string name,
        KubeObject? registered,
        IReadOnlyCollection<KubeObject> nodes,
        IReadOnlyCollection<KubeObject> pods,
        KubeObject? deployment)
    {
        var ready = registered is null ? null : Condition(registered, "Ready");
        var refusals = pods.Select(Refusal).OfType<string>().ToList();
        return new MemberState
        {
            Name = name,
            Region = nodes.FirstOrDefault()?.Metadata.Labels.GetValueOrDefault(RegionLabel) ?? string.Empty,
            IsReady = IsTrue(ready),
            Health = (string?)ready?["message"] ?? string.Empty,
            Nodes = nodes.Count,
            Pods = pods.Count,
            RunningPods = pods.Count(static pod => pod.GetString("status", "phase") == "Running"),
            UnschedulablePods = refusals.Count,
            Unschedulable = refusals.FirstOrDefault(),
            Replicas = deployment is null ? null : Number(deployment, "spec", "replicas"),
            AllReplicas = Number(deployment, "status", "replicas"),
            ReadyReplicas = Number(deployment, "status", "readyReplicas"),
            UpdatedReplicas = Number(deployment, "status", "updatedReplicas"),
            IsObserved = deployment is not null && Number(deployment, "status", "observedGeneration") == deployment.Metadata.Generation,
            Image = (string?)deployment?.GetNode("spec", "template", "spec", "containers")?[0]?["image"] ?? string.Empty,
        };
    }

    public static ObjectState Object(KubeObject item) => new()
    {
        Kind = item.Kind,
        Name = item.Metadata.Name,
        IsPropagated = IsTrue(Condition(item, "Propagation")) && Number(item, "status", "observedGeneration") == item.Metadata.Generation,
        Clusters = (item.GetNode("status", "clusters") as JsonArray ?? [])
            .Select(static entry => ((string?)entry!["name"] ?? string.Empty, (string?)entry["status"] ?? ObjectState.InOrder))
            .ToDictionary(static entry => entry.Item1, static entry => entry.Item2, StringComparer.Ordinal),
    };

    // Why a pod finds no node; null where it has one, or has not been looked at.
    private static string? Refusal(KubeObject pod) =>
        Condition(pod, "PodScheduled") is { } scheduled && (string?)scheduled["reason"] == "Unschedulable" && !IsTrue(scheduled)
            ? (string?)scheduled["message"] ?? string.Empty
            : null;

    private static JsonNode? Condition(KubeObject item, string type) =>
        (item.GetNode("status", "conditions") as JsonArray)?.FirstOrDefault(condition => (string?)condition?["type"] == type);

    private static bool IsTrue(JsonNode? condition) => (string?)condition?["status"] == "True";

    private static int Number(KubeObject? item, params string[] path) =>
        item?.GetNode(path) is JsonValue value && value.TryGetValue(out int number) ? number : 0;
}
