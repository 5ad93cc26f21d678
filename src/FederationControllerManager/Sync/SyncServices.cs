using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationControllerManager.Members;
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

    public required SyncSettings Settings { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public ControllerMetrics? ControllerMetrics { get; init; }

    public WorkQueueMetrics? QueueMetrics { get; init; }
}
