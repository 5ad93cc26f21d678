using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Removals;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>What every type's controller stands on.</summary>
internal sealed record SyncServices
{
    public required IDynamicClient Host { get; init; }

    public required SharedInformerCache HostInformers { get; init; }

    public required ClusterRegistry Clusters { get; init; }

    /// <summary>Whether the host has a KubeFedCluster of a name, known to the controllers yet or not.</summary>
    public required Func<string, bool> IsRegistered { get; init; }

    public required VersionStore Versions { get; init; }

    public required IEventRecorder Events { get; init; }

    /// <summary>The removals that wait for clusters to come back.</summary>
    public required PendingRemovals Removals { get; init; }

    /// <summary>Gives the settings of the moment.</summary>
    public required Func<SyncSettings> CurrentSettings { get; init; }

    /// <summary>The settings of the moment: what is said by one pass should come from one reading.</summary>
    public SyncSettings Settings => CurrentSettings();

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>What is counted and measured; null for nothing.</summary>
    public FederationMetrics? Metrics { get; init; }
}
