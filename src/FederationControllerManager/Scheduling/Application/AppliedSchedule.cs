using System.Text.Json;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>
/// What the scheduler has set on a federated object, and what stood there before, as recorded in the object's annotation
/// <see cref="FederationAnnotations.ReplicaScheduler"/>. Server-side apply knows who owns what, but not what it replaced.
/// </summary>
internal sealed record AppliedSchedule
{
    /// <summary>Nothing set.</summary>
    public static AppliedSchedule None { get; } = new();

    /// <summary>The numbers set, by cluster and path of the override.</summary>
    public SortedDictionary<string, SortedDictionary<string, long>> Clusters { get; init => field = Ordinal(value); } = Ordinal<SortedDictionary<string, long>>(null);

    /// <summary>The clusters added to the placement, sorted.</summary>
    public IReadOnlyList<string> Placed { get; init => field = value ?? []; } = [];

    /// <summary>Others' overrides of the same paths that the numbers stand in for, by cluster.</summary>
    public SortedDictionary<string, IReadOnlyList<ReplacedOverride>> Replaced { get; init => field = Ordinal(value); } = Ordinal<IReadOnlyList<ReplacedOverride>>(null);

    /// <summary>Reads an object's record; null where it has none. One that cannot be read counts as one of nothing.</summary>
    public static AppliedSchedule? Read(FederatedObject source)
    {
        if (!source.Metadata.Annotations.TryGetValue(FederationAnnotations.ReplicaScheduler, out var text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, ScheduleJsonContext.Default.AppliedSchedule) ?? None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>The number set at a path for a cluster, or null.</summary>
    public long? Find(string cluster, string path) =>
        Clusters.TryGetValue(cluster, out var values) && values.TryGetValue(path, out var value) ? value : null;

    /// <summary>What a number of ours replaced, or null.</summary>
    public ReplacedOverride? FindReplaced(string cluster, string path) =>
        Replaced.TryGetValue(cluster, out var list) ? list.FirstOrDefault(r => r.Path == path) : null;

    /// <summary>The annotation's value; equal for equal records.</summary>
    public string ToText() => JsonSerializer.Serialize(this, ScheduleJsonContext.Default.AppliedSchedule);

    private static SortedDictionary<string, T> Ordinal<T>(SortedDictionary<string, T>? values) => values is null
        ? new SortedDictionary<string, T>(StringComparer.Ordinal)
        : new SortedDictionary<string, T>(values, StringComparer.Ordinal);
}
