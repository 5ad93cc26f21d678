using System.Diagnostics.Metrics;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Scheduling;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Telemetry;

/// <summary>Everything that the controllers of a process count and measure. Each area says which metrics it has.</summary>
internal sealed class FederationMetrics
{
    private const string ClusterTag = "cluster";

    /// <summary>How the informers on the host are called beside those on clusters; no cluster can have that name.</summary>
    private const string Host = "(host)";

    private readonly InformerMetrics _informers;

    public FederationMetrics(IMeterFactory meters)
    {
        Controllers = new ControllerMetrics(meters);
        Queues = new WorkQueueMetrics(meters);
        Reconciles = new ReconcileMetrics(meters);
        Clusters = new ClusterMetrics(meters);
        Dispatch = new DispatchMetrics(meters);
        Scheduling = new SchedulingMetrics(meters);
        _informers = new InformerMetrics(meters, new KeyValuePair<string, object?>(ClusterTag, Host));
    }

    public ControllerMetrics Controllers { get; }

    public WorkQueueMetrics Queues { get; }

    public ReconcileMetrics Reconciles { get; }

    public ClusterMetrics Clusters { get; }

    public DispatchMetrics Dispatch { get; }

    public SchedulingMetrics Scheduling { get; }

    /// <summary>What informers on the host count.</summary>
    public InformerMetrics HostInformers => _informers;

    /// <summary>What informers on a member count.</summary>
    public InformerMetrics InformersOf(string cluster) => _informers.With(new KeyValuePair<string, object?>(ClusterTag, cluster));
}
