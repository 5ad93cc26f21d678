using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>
/// Makes the configurations that the scheduler applies to a federated object. Only the clusters placed and the numbers of replicas
/// are in them, so that every other field stays its owner's. Each names the version that it was made from: an object that changed or
/// went meanwhile is a conflict and not overwritten, or made anew. Pure.
/// </summary>
internal static class ScheduleOverlay
{
    private const string Remove = "remove";

    /// <summary>The configuration that makes an object follow a schedule, or null when it does already.</summary>
    public static byte[]? Apply(FederatedObject source, Schedule schedule)
    {
        var live = LiveOverrides.Of(source);
        var before = AppliedSchedule.Read(source) ?? AppliedSchedule.None;
        var replaced = FindReplaced(live, before, schedule);
        var after = new AppliedSchedule
        {
            Clusters = Sorted(schedule.Values, static values => Sorted(values, static value => value)),
            Placed = [.. schedule.Placed.Order(StringComparer.Ordinal)],
            Replaced = replaced,
        };
        var record = after.ToText();
        if (IsInForce(source, live, after, record))
        {
            return null;
        }

        var configuration = Begin(source);
        configuration["metadata"]!["annotations"] = new JsonObject { [FederationAnnotations.ReplicaScheduler] = record };
        configuration["spec"] = new JsonObject
        {
            ["placement"] = new JsonObject { ["clusters"] = new JsonArray([.. after.Placed.Select(static c => new JsonObject { ["name"] = c })]) },
            ["overrides"] = new JsonArray([.. Entries(after)]),
        };
        return Write(configuration);
    }

    /// <summary>
    /// The configuration that gives an object back, and whether what it restores must be disowned afterwards. Until that is done the record
    /// stays, so that whoever is kept from it by a conflict finds the object again.
    /// </summary>
    public static (byte[] Configuration, bool Restores) Release(FederatedObject source)
    {
        var live = LiveOverrides.Of(source);
        var before = AppliedSchedule.Read(source) ?? AppliedSchedule.None;
        var configuration = Begin(source);
        var entries = new JsonArray();
        foreach (var (cluster, list) in before.Replaced)
        {
            var restored = list.Where(r => IsStandIn(live, before, cluster, r)).Select(static r => r.ToNode()).ToArray<JsonNode>();
            if (restored.Length > 0)
            {
                entries.Add(Entry(cluster, restored));
            }
        }

        if (entries.Count > 0)
        {
            configuration["metadata"]!["annotations"] = new JsonObject { [FederationAnnotations.ReplicaScheduler] = before.ToText() };
            configuration["spec"] = new JsonObject { ["overrides"] = entries };
        }

        return (Write(configuration), entries.Count > 0);
    }

    /// <summary>Whether the value at a replaced override's place is still ours, or already the one replaced.</summary>
    private static bool IsStandIn(LiveOverrides live, AppliedSchedule before, string cluster, ReplacedOverride replaced) =>
        live.Find(cluster, replaced.Path) is { } present
        && (replaced.Matches(present) || (before.Find(cluster, replaced.Path) is { } ours && LiveOverrides.Sets(present, ours)));

    private static SortedDictionary<string, IReadOnlyList<ReplacedOverride>> FindReplaced(LiveOverrides live, AppliedSchedule before, Schedule schedule)
    {
        var result = new SortedDictionary<string, IReadOnlyList<ReplacedOverride>>(StringComparer.Ordinal);
        foreach (var cluster in schedule.Values.Keys.Union(before.Replaced.Keys, StringComparer.Ordinal))
        {
            var paths = (schedule.Values.TryGetValue(cluster, out var values) ? values.Keys : [])
                .Union(before.Replaced.TryGetValue(cluster, out var list) ? list.Select(static r => r.Path) : [], StringComparer.Ordinal);
            var replaced = paths.Order(StringComparer.Ordinal).Select(path => FindReplaced(live, before, cluster, path)).OfType<ReplacedOverride>().ToArray();
            if (replaced.Length > 0)
            {
                result.Add(cluster, replaced);
            }
        }

        return result;
    }

    /// <summary>What stands in others' name at a place: what is there now unless it is ours; then what was there before us.</summary>
    private static ReplacedOverride? FindReplaced(LiveOverrides live, AppliedSchedule before, string cluster, string path)
    {
        if (live.Find(cluster, path) is not { } present)
        {
            return null;
        }

        var isOurs = before.Find(cluster, path) is { } ours && LiveOverrides.Sets(present, ours);
        return isOurs ? before.FindReplaced(cluster, path) : ReplacedOverride.Of(present);
    }

    private static bool IsInForce(FederatedObject source, LiveOverrides live, AppliedSchedule wanted, string record) =>
        source.Metadata.Annotations.TryGetValue(FederationAnnotations.ReplicaScheduler, out var text) && text == record
        && source.Placement.Clusters is { } placed && wanted.Placed.All(new HashSet<string>(placed, StringComparer.Ordinal).Contains)
        && wanted.Clusters.All(cluster => cluster.Value.All(value => live.Find(cluster.Key, value.Key) is { } present && LiveOverrides.Sets(present, value.Value)));

    /// <summary>Our numbers, and for clusters that have none any more what they stood in for.</summary>
    private static IEnumerable<JsonNode> Entries(AppliedSchedule after)
    {
        foreach (var cluster in after.Clusters.Keys.Union(after.Replaced.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var numbers = after.Clusters.TryGetValue(cluster, out var values)
                ? values.Select(value => Number(value.Key, value.Value, after.FindReplaced(cluster, value.Key)))
                : [];
            var kept = after.Replaced.TryGetValue(cluster, out var list)
                ? list.Where(r => after.Find(cluster, r.Path) is null).Select(static r => r.ToNode())
                : [];
            yield return Entry(cluster, [.. numbers, .. kept]);
        }
    }

    private static JsonObject Number(string path, long value, ReplacedOverride? replaced)
    {
        var node = new JsonObject { ["path"] = path, ["value"] = value };
        if (replaced?.Op == Remove)
        {
            node["op"] = "replace";
        }

        return node;
    }

    private static JsonObject Entry(string cluster, JsonNode[] operations) => new() { ["clusterName"] = cluster, ["clusterOverrides"] = new JsonArray(operations) };

    private static JsonObject Begin(FederatedObject source) => new()
    {
        ["apiVersion"] = source.Source.ApiVersion,
        ["kind"] = source.Source.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = source.Metadata.Name,
            ["namespace"] = source.Metadata.Namespace,
            ["uid"] = source.Metadata.Uid,
            ["resourceVersion"] = source.Metadata.ResourceVersion,
        },
    };

    private static byte[] Write(JsonObject configuration)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            configuration.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static SortedDictionary<string, TResult> Sorted<TValue, TResult>(IReadOnlyDictionary<string, TValue> values, Func<TValue, TResult> select)
    {
        var result = new SortedDictionary<string, TResult>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            result.Add(key, select(value));
        }

        return result;
    }
}
