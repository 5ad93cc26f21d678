namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>The status of every <c>Federated&lt;Kind&gt;</c>.</summary>
public sealed record FederatedStatus
{
    /// <summary>Nothing known.</summary>
    public static FederatedStatus Empty { get; } = new();

    /// <summary>The generation of the federated object that this status speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>One entry per condition type; today only <see cref="PropagationReasons.ConditionType"/>.</summary>
    public IReadOnlyList<FederatedCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>One entry per cluster that holds the object or should, sorted by name.</summary>
    public IReadOnlyList<FederatedClusterStatus> Clusters { get; init => field = value ?? []; } = [];

    /// <summary>The propagation condition, or null.</summary>
    public FederatedCondition? FindPropagation() => Conditions.FirstOrDefault(c => c.Type == PropagationReasons.ConditionType);
}
