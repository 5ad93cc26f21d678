using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using static KubeFed.DevClusters.Columns.Cells;
using static KubeFed.DevClusters.Columns.ClusterColumns;

namespace KubeFed.DevClusters.Columns;

/// <summary>The cells of nodes, volumes, quotas, autoscalers and of what configures the cluster.</summary>
internal static class OtherColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static KeyValuePair<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>>[] All =>
    [
        Of("nodes", "Status", static (o, _) => NodeStatus(o)),
        Of("nodes", "Roles", static (o, _) => Join(None, o.Metadata.Labels.Keys.Where(static key => key.StartsWith(RolePrefix, StringComparison.Ordinal)).Select(static key => key[RolePrefix.Length..]).Order(StringComparer.Ordinal))),
        Of("nodes", "Internal-IP", static (o, _) => NodeAddress(o, "InternalIP")),
        Of("nodes", "External-IP", static (o, _) => NodeAddress(o, "ExternalIP")),
        Of("nodes", "OS-Image", static (o, _) => Text(o, Unknown, "status", "nodeInfo", "osImage")),
        Of("nodes", "Kernel-Version", static (o, _) => Text(o, Unknown, "status", "nodeInfo", "kernelVersion")),
        Of("nodes", "Container-Runtime", static (o, _) => Text(o, Unknown, "status", "nodeInfo", "containerRuntimeVersion")),
        Of("persistentvolumeclaims", "Status", static (o, _) => Phase(o)),
        Of("persistentvolumeclaims", "Volume", static (o, _) => Text(o, string.Empty, "spec", "volumeName")),
        Of("persistentvolumeclaims", "Capacity", static (o, _) => Text(o, string.Empty, "status", "capacity", "storage")),
        Of("persistentvolumeclaims", "Access Modes", static (o, _) => Modes(o.GetNode("status", "accessModes"))),
        Of("persistentvolumeclaims", "StorageClass", static (o, _) => Text(o, string.Empty, "spec", "storageClassName")),
        Of("persistentvolumeclaims", "VolumeMode", static (o, _) => Text(o, Unset, "spec", "volumeMode")),
        Of("persistentvolumes", "Status", static (o, _) => Phase(o)),
        Of("persistentvolumes", "Access Modes", static (o, _) => Modes(o.GetNode("spec", "accessModes"))),
        Of("persistentvolumes", "Claim", static (o, _) => o.GetString("spec", "claimRef", "name") is { } claim ? $"{o.GetString("spec", "claimRef", "namespace")}/{claim}" : string.Empty),
        Of("persistentvolumes", "StorageClass", static (o, _) => Text(o, string.Empty, "spec", "storageClassName")),
        Of("persistentvolumes", "Reason", static (o, _) => Text(o, string.Empty, "status", "reason")),
        Of("persistentvolumes", "VolumeMode", static (o, _) => Text(o, Unset, "spec", "volumeMode")),
        Of("storageclasses", "AllowVolumeExpansion", static (o, _) => o.GetNode("allowVolumeExpansion")?.GetValue<bool>() ?? false),
        Of("priorityclasses", "Global-Default", static (o, _) => o.GetNode("globalDefault")?.GetValue<bool>() ?? false),
        Of("resourcequotas", "Request", static (o, _) => Quota(o, limits: false)),
        Of("resourcequotas", "Limit", static (o, _) => Quota(o, limits: true)),
        Of("horizontalpodautoscalers", "Reference", static (o, _) => $"{o.GetString("spec", "scaleTargetRef", "kind")}/{o.GetString("spec", "scaleTargetRef", "name")}"),
        Of("horizontalpodautoscalers", "Targets", static (o, _) => Targets(o)),
        Of("horizontalpodautoscalers", "MinPods", static (o, _) => o.GetNode("spec", "minReplicas") is { } least ? least.ToJsonString() : Unset),
        Of("horizontalpodautoscalers", "Replicas", static (o, _) => Number(o, "status", "currentReplicas")),
        Of("poddisruptionbudgets", "Min Available", static (o, _) => o.GetNode("spec", "minAvailable")?.ToString() ?? "N/A"),
        Of("poddisruptionbudgets", "Max Unavailable", static (o, _) => o.GetNode("spec", "maxUnavailable")?.ToString() ?? "N/A"),
        Of("poddisruptionbudgets", "Allowed Disruptions", static (o, _) => Number(o, "status", "disruptionsAllowed")),
        Of("apiservices", "Service", static (o, _) => o.GetString("spec", "service", "name") is { } name ? $"{o.GetString("spec", "service", "namespace")}/{name}" : "Local"),
        Of("apiservices", "Available", static (o, _) => Available(o)),
        Of("mutatingwebhookconfigurations", "Webhooks", static (o, _) => Items(o.GetNode("webhooks")).Count),
        Of("validatingwebhookconfigurations", "Webhooks", static (o, _) => Items(o.GetNode("webhooks")).Count),
    ];

    private static string NodeStatus(KubeObject node)
    {
        string ready = (string?)Condition(node, "Ready")?["status"] switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return node.GetNode("spec", "unschedulable") is JsonValue value && value.TryGetValue(out bool cordoned) && cordoned ? ready + ",SchedulingDisabled" : ready;
    }

    private static string NodeAddress(KubeObject node, string type) =>
        (string?)Items(node.GetNode("status", "addresses")).FirstOrDefault(address => (string?)address["type"] == type)?["address"] ?? None;

    private static string Phase(KubeObject item) => item.Metadata.IsDeleting ? "Terminating" : Text(item, string.Empty, "status", "phase");

    private static string Modes(JsonNode? modes) => Join(string.Empty, (modes as JsonArray ?? []).Select(static mode => (string?)mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => null,
    }).OfType<string>());

    private static string Quota(KubeObject quota, bool limits) => quota.GetNode("status", "hard") is JsonObject hard
        ? Join(string.Empty, hard
            .Where(entry => entry.Key.StartsWith("limits.", StringComparison.Ordinal) == limits)
            .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key}: {quota.GetString("status", "used", entry.Key) ?? "0"}/{(string?)entry.Value}"), ", ")
        : string.Empty;

    private static string Targets(KubeObject autoscaler)
    {
        var now = Items(autoscaler.GetNode("status", "currentMetrics"));
        return Join(None, Items(autoscaler.GetNode("spec", "metrics")).Select((metric, i) =>
        {
            string member = ((string?)metric["type"] ?? string.Empty) is { Length: > 0 } type ? char.ToLowerInvariant(type[0]) + type[1..] : string.Empty;
            var source = metric[member];
            string name = (string?)source?["name"] is { } resource ? resource + ": " : string.Empty;
            var current = i < now.Count ? now[i][member]?["current"] : null;
            return $"{name}{Value(current) ?? Unknown}/{Value(source?["target"]) ?? "<auto>"}";
        }), ", ");
    }

    private static string? Value(JsonNode? target) =>
        target?["averageUtilization"] is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent.ToJsonString()}%")
        : ((string?)target?["averageValue"] ?? (string?)target?["value"]);

    private static string Available(KubeObject service) => Condition(service, "Available") is { } condition
        ? (string?)condition["status"] == "True" ? "True" : $"{(string?)condition["status"]} ({(string?)condition["reason"]})"
        : "Unknown";
}
