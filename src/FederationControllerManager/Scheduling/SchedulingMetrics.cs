using System.Diagnostics.Metrics;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>
/// What the scheduler counts. Exposed as Prometheus text: <c>kubefed_scheduler_applies_total{result=success|conflict|error}</c>,
/// <c>kubefed_scheduler_releases_total</c> and <c>kubefed_scheduler_moved_replicas_total</c>.
/// </summary>
internal sealed class SchedulingMetrics
{
    public const string MeterName = "KubeFed.FederationControllerManager.Scheduling";

    public const string Success = "success";
    public const string Conflict = "conflict";
    public const string Error = "error";

    private readonly Counter<long> _applies;
    private readonly Counter<long> _releases;
    private readonly Counter<long> _moved;

    public SchedulingMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _applies = meter.CreateCounter<long>("kubefed.scheduler.applies", description: "Changes of federated objects by the replica scheduler, by result.");
        _releases = meter.CreateCounter<long>("kubefed.scheduler.releases", description: "Federated objects that got back what they had before a preference.");
        _moved = meter.CreateCounter<long>("kubefed.scheduler.moved_replicas", description: "Replicas taken from one cluster for another.");
        foreach (var result in (string[])[Success, Conflict, Error])
        {
            _applies.Add(0, new KeyValuePair<string, object?>("result", result));
        }

        _releases.Add(0);
        _moved.Add(0);
    }

    public void Applied(string result) => _applies.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Released() => _releases.Add(1);

    public void Moved(long replicas) => _moved.Add(replicas);
}
