using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeFed.FederationControllerManager.Telemetry;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>
/// What is done in members. KubeFed's histogram <c>dispatch_operation_duration_seconds{action=create|update|delete}</c> has the operations
/// that succeeded. <c>kubefed_dispatch_requests_total{cluster,result}</c> counts every ending of a request, and of each member it is seen
/// how much it is given at once, <c>kubefed_dispatch_concurrency{cluster}</c>, and whether it is given nothing because it does not answer or
/// refuses requests as too many, <c>kubefed_dispatch_blocked{cluster}</c>.
/// </summary>
internal sealed class DispatchMetrics
{
    public const string MeterName = "KubeFed.FederationControllerManager.Dispatch";

    private static readonly DispatchResult[] Results = Enum.GetValues<DispatchResult>();

    private readonly ConcurrentDictionary<MemberDispatcher, byte> _dispatchers = new();
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _requests;

    public DispatchMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _durations = meter.CreateHistogram(
            "dispatch_operation.duration", "s", "How long operations in clusters take that succeed, by action.", tags: null, DurationBuckets.Advice);
        _requests = meter.CreateCounter<long>("kubefed.dispatch.requests", description: "Requests to a cluster by how they ended.");
        meter.CreateObservableGauge(
            "kubefed.dispatch.concurrency", () => Observe(static d => d.Concurrency), description: "How many requests a cluster is given at once, at present.");
        meter.CreateObservableGauge(
            "kubefed.dispatch.blocked",
            () => Observe(static d => d.Obstacle is null ? 0 : 1),
            description: "1 while a cluster is given nothing, because it does not answer or refuses requests as too many.");
    }

    /// <summary>A member is served from now on.</summary>
    public void Register(MemberDispatcher dispatcher)
    {
        _dispatchers.TryAdd(dispatcher, 0);
        foreach (var result in Results)
        {
            Count(dispatcher.Cluster, result, 0);
        }
    }

    /// <summary>A member is no longer served.</summary>
    public void Unregister(MemberDispatcher dispatcher) => _dispatchers.TryRemove(dispatcher, out _);

    /// <summary>A request has ended.</summary>
    public void Ended(string cluster, DispatchIntent intent, DispatchOutcome outcome, TimeSpan took)
    {
        Count(cluster, outcome.Result, 1);
        if (outcome.Succeeded && ActionOf(intent) is { } action)
        {
            _durations.Record(took.TotalSeconds, new KeyValuePair<string, object?>("action", action));
        }
    }

    /// <summary>KubeFed's name of an operation; null for those that it does not measure.</summary>
    private static string? ActionOf(DispatchIntent intent) => intent.Action switch
    {
        DispatchAction.Delete => "delete",
        DispatchAction.Apply or DispatchAction.Create => intent.Exists ? "update" : "create",
        _ => null,
    };

    private static string Word(DispatchResult result) => result switch
    {
        DispatchResult.Done => "done",
        DispatchResult.Rejected => "rejected",
        DispatchResult.AlreadyExists => "already_exists",
        DispatchResult.Throttled => "throttled",
        DispatchResult.TimedOut => "timed_out",
        DispatchResult.Unreachable => "unreachable",
        _ => "failed",
    };

    private void Count(string cluster, DispatchResult result, int count) =>
        _requests.Add(count, new KeyValuePair<string, object?>("cluster", cluster), new KeyValuePair<string, object?>("result", Word(result)));

    private IEnumerable<Measurement<long>> Observe(Func<MemberDispatcher, long> value) =>
        _dispatchers.Keys.Select(dispatcher => new Measurement<long>(value(dispatcher), new KeyValuePair<string, object?>("cluster", dispatcher.Cluster)));
}
