using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KubeFed.FederationControllerManager.Telemetry;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// The health of the registered clusters, under KubeFed's names: the gauges <c>kubefedcluster_total{cluster,state}</c> (1 for the state that
/// the cluster is in, one of <c>ready</c>, <c>notready</c> and <c>offline</c>, else 0) and <c>joined_cluster_total</c>, and the histograms
/// <c>cluster_health_status_duration_seconds</c> (one probe) and <c>cluster_client_connection_duration_seconds</c> (making a client).
/// Only the process that leads knows of clusters; one that is no longer registered has no series.
/// </summary>
internal sealed class ClusterMetrics
{
    public const string MeterName = "KubeFed.FederationControllerManager.Clusters";

    private static readonly (ProbeState State, string Word)[] States =
        [(ProbeState.Ready, "ready"), (ProbeState.NotReady, "notready"), (ProbeState.Offline, "offline")];

    private readonly ConcurrentDictionary<string, ProbeState> _clusters = new(StringComparer.Ordinal);
    private readonly Histogram<double> _probes;
    private readonly Histogram<double> _connections;

    public ClusterMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _probes = meter.CreateHistogram(
            "cluster_health_status.duration", "s", "How long a health probe of a cluster takes.", tags: null, DurationBuckets.Advice);
        _connections = meter.CreateHistogram(
            "cluster_client_connection.duration", "s", "How long making a client for a cluster takes.", tags: null, DurationBuckets.Advice);
        meter.CreateObservableGauge<long>("kubefedcluster_total", ObserveStates, description: "1 for the state that a registered cluster is in.");
        meter.CreateObservableGauge("joined_cluster_total", () => (long)_clusters.Count, description: "Registered clusters.");
    }

    /// <summary>A cluster is registered, and in this state.</summary>
    public void IsIn(string cluster, ProbeState state) => _clusters[cluster] = state;

    /// <summary>A cluster is no longer registered.</summary>
    public void Forget(string cluster) => _clusters.TryRemove(cluster, out _);

    /// <summary>This process no longer looks after clusters.</summary>
    public void ForgetAll() => _clusters.Clear();

    /// <summary>A probe took so long.</summary>
    public void Probed(TimeSpan took) => _probes.Record(took.TotalSeconds);

    /// <summary>Making a client took so long.</summary>
    public void Connected(TimeSpan took) => _connections.Record(took.TotalSeconds);

    private IEnumerable<Measurement<long>> ObserveStates()
    {
        foreach (var (cluster, current) in _clusters)
        {
            foreach (var (state, word) in States)
            {
                yield return new Measurement<long>(
                    state == current ? 1 : 0, new KeyValuePair<string, object?>("cluster", cluster), new KeyValuePair<string, object?>("state", word));
            }
        }
    }
}
