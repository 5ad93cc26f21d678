using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Scheduling.Workloads;

namespace KubeFed.FederationControllerManager.Scheduling;

/// <summary>What is known at one moment of a cluster and of one workload in it.</summary>
internal sealed record ClusterObservation
{
    public required string Name { get; init; }

    /// <summary>The labels that selectors match.</summary>
    public required StringMap Labels { get; init; }

    /// <summary>Whether the cluster's probes are good.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Since when that is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it has said what it holds.</summary>
    public required bool IsListed { get; init; }

    /// <summary>The workload in the cluster; null where there is none, or where that is not known.</summary>
    public Workload? Workload { get; init; }

    /// <summary>Replicas for which the cluster has found no node for a minute.</summary>
    public int Unschedulable { get; init; }
}
