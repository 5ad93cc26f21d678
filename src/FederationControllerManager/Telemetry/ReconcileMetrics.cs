using System.Diagnostics.Metrics;

namespace KubeFed.FederationControllerManager.Telemetry;

/// <summary>
/// How long reconciles take, under KubeFed's names: the histograms <c>reconcile_federated_resources_duration_seconds</c> (one pass over a
/// federated object) and <c>controller_runtime_reconcile_duration_seconds{controller}</c>, and the summary without quantiles
/// <c>controller_runtime_reconcile_quantile_seconds{controller}</c>.
/// </summary>
internal sealed class ReconcileMetrics
{
    public const string MeterName = "KubeFed.FederationControllerManager.Reconciles";

    public const string TypeConfigs = "federatedtypeconfigcontroller";
    public const string SchedulingManager = "schedulingmanagercontroller";
    public const string SchedulingPreferences = "schedulingpreferencecontroller";
    public const string Status = "statuscontroller";

    private const string Controller = "controller";

    private readonly Histogram<double> _federated;
    private readonly Histogram<double> _durations;
    private readonly Histogram<double> _sums;

    public ReconcileMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _federated = meter.CreateHistogram(
            "reconcile_federated_resources.duration", "s", "How long one pass over a federated object takes.", tags: null, DurationBuckets.Advice);
        _durations = meter.CreateHistogram(
            "controller_runtime.reconcile_duration", "s", "How long a reconcile takes, by controller.", tags: null, DurationBuckets.Advice);
        _sums = meter.CreateHistogram(
            "controller_runtime.reconcile_quantile", "s", "How long reconciles take together, by controller.", tags: null, DurationBuckets.SumOnly);
    }

    /// <summary>A pass over a federated object took so long.</summary>
    public void FederatedReconciled(TimeSpan took) => _federated.Record(took.TotalSeconds);

    /// <summary>A reconcile of one of the controllers named here took so long.</summary>
    public void Reconciled(string controller, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>(Controller, controller);
        _durations.Record(took.TotalSeconds, tag);
        _sums.Record(took.TotalSeconds, tag);
    }
}
