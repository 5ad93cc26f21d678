using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>What became of a preference.</summary>
public sealed record ReplicaSchedulingPreferenceStatus
{
    /// <summary>Nothing known.</summary>
    public static ReplicaSchedulingPreferenceStatus Empty { get; } = new();

    /// <summary>The generation of the preference that this status speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Replicas that have a cluster.</summary>
    public long ScheduledReplicas { get; init; }

    /// <summary>Replicas that are ready.</summary>
    public long ReadyReplicas { get; init; }

    /// <summary>Replicas whose cluster found no node for them.</summary>
    public long UnschedulableReplicas { get; init; }

    /// <summary>Replicas that no cluster may take.</summary>
    public long UnplacedReplicas { get; init; }

    /// <summary>When the interval began in which replicas last moved from one cluster to another; null when none ever did.</summary>
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastMoveTime { get; init; }

    /// <summary>Replicas that moved in that interval.</summary>
    public long MovedReplicas { get; init; }

    /// <summary>Ready replicas that the move under way keeps at least; null while none is.</summary>
    public long? KeptReady { get; init; }

    /// <summary>One entry for each of <see cref="SchedulingConditions"/>.</summary>
    public IReadOnlyList<SchedulingCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>The plan, sorted by name of the cluster.</summary>
    public IReadOnlyList<ClusterSchedule> Clusters { get; init => field = value ?? []; } = [];

    /// <summary>A condition, or null.</summary>
    public SchedulingCondition? FindCondition(string type) => Conditions.FirstOrDefault(c => c.Type == type);

    /// <summary>A cluster's part of the plan, or null.</summary>
    public ClusterSchedule? FindCluster(string name) => Clusters.FirstOrDefault(c => c.Name == name);
}
