using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Selectors;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Scheduling.Workloads;

/// <summary>
/// Counts a workload's pods for which a member has found no node for longer than a minute. Asked only where replicas are missing,
/// only for pods that are pending, and at most every ten seconds for one workload.
/// </summary>
internal sealed class PendingPods(TimeProvider time)
{
    /// <summary>How long a pod may be without a node before it counts.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    private const int MaxPods = 5000;
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);
    private static readonly GroupVersionResource Pods = new("", "v1", "pods");
    private readonly ConcurrentDictionary<(NamespacedName Key, string Cluster), (PendingCount Count, long At)> _known = [];

    /// <summary>Counts; a member that cannot be asked has none that is known of.</summary>
    public async ValueTask<PendingCount> CountAsync(Member member, KubeObject workload, CancellationToken cancellationToken)
    {
        var key = (workload.Key, member.Name);
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < KeepFor)
        {
            return known.Count;
        }

        var count = SelectorOf(workload) is { } selector ? await ReadAsync(member, workload.Metadata.Namespace, selector, cancellationToken) : default;
        _known[key] = (count, time.GetTimestamp());
        return count;
    }

    /// <summary>Forgets a workload.</summary>
    public void Forget(NamespacedName key)
    {
        foreach (var entry in _known.Keys.Where(k => k.Key == key))
        {
            _known.TryRemove(entry, out _);
        }
    }

    private async Task<PendingCount> ReadAsync(Member member, string @namespace, string selector, CancellationToken cancellationToken)
    {
        var options = new ListOptions { LabelSelector = selector, FieldSelector = "status.phase=Pending", Limit = MaxPods };
        try
        {
            using var timeout = new CancellationTokenSource(ReadTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            var pods = await member.Client.ListAsync(Pods, @namespace, options, either.Token);
            return Count(pods.Items, time.GetUtcNow());
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The cluster's own entry says what is wrong with it; its pods count when it answers again.
            return default;
        }
    }

    internal static PendingCount Count(IEnumerable<KubeObject> pods, DateTimeOffset now)
    {
        var unschedulable = 0;
        TimeSpan? recheck = null;
        foreach (var since in pods.Select(UnschedulableSince).OfType<DateTimeOffset>())
        {
            var left = since + Patience - now;
            if (left <= TimeSpan.Zero)
            {
                unschedulable++;
            }
            else if (recheck is null || left < recheck)
            {
                recheck = left;
            }
        }

        return new PendingCount(unschedulable, recheck);
    }

    /// <summary>Since when a pod has been without a node for want of one; null when it is not.</summary>
    private static DateTimeOffset? UnschedulableSince(KubeObject pod)
    {
        if (pod.Metadata.IsDeleting || pod.GetNode("status", "conditions") is not JsonArray conditions)
        {
            return null;
        }

        var condition = conditions.OfType<JsonObject>().FirstOrDefault(static c =>
            Text(c, "type") == "PodScheduled" && Text(c, "status") == "False" && Text(c, "reason") == "Unschedulable");
        return condition is not null && DateTimeOffset.TryParse(Text(condition, "lastTransitionTime"), CultureInfo.InvariantCulture, out var since)
            ? since
            : null;
    }

    private static string? Text(JsonObject node, string member) =>
        node[member] is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The selector of the workload's pods: a label selector, or in old types a map of labels; null where it has none.</summary>
    private static string? SelectorOf(KubeObject workload)
    {
        if (workload.GetNode("spec", "selector") is not JsonObject { Count: > 0 } selector)
        {
            return null;
        }

        try
        {
            var isLabelSelector = selector.ContainsKey("matchLabels") || selector.ContainsKey("matchExpressions");
            return isLabelSelector
                ? selector.Deserialize(SelectorJsonContext.Default.LabelSelector)?.ToSelector().ToString()
                : Selector.OfLabels(selector.Select(label => new KeyValuePair<string, string>(label.Key, Text(selector, label.Key) ?? ""))).ToString();
        }
        catch (Exception e) when (e is JsonException or SelectorFormatException)
        {
            return null;
        }
    }
}
