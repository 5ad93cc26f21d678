using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>A cluster as a plan sees it: one that may get replicas, or one that has some.</summary>
internal sealed record SchedulableCluster
{
    public required string Name { get; init; }

    /// <summary>The labels that selectors match.</summary>
    public required StringMap Labels { get; init; }

    /// <summary>Whether it may get replicas by placement and namespace.</summary>
    public required bool IsCandidate { get; init; }

    /// <summary>Whether its probes are good.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Since when that is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Replicas asked of it; null where it was never asked for any.</summary>
    public long? Asked { get; init; }

    /// <summary>Replicas that are ready in it; null where that is not known.</summary>
    public long? Ready { get; init; }

    /// <summary>Replicas for which it has found no node for a minute.</summary>
    public long Unschedulable { get; init; }

    /// <summary>Replicas that it can hold; null where that is not known.</summary>
    public long? Capacity { get; init; }

    /// <summary>When that was last found from pods that could not be scheduled.</summary>
    public DateTimeOffset? CapacityTime { get; init; }

    /// <summary>How many more fit on its nodes; null where that does not matter or is not known.</summary>
    public long? FreeReplicas { get; init; }
}
