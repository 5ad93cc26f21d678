namespace KubeFed.FederationCore.Scheduling;

/// <summary>Everything that a plan depends on. The order of the clusters makes no difference.</summary>
/// <param name="Key">Namespace and name of the preference, as <c>ns/name</c>: it decides, by a hash, who gets the odd replica.</param>
/// <param name="Total">Replicas to plan in all clusters together; negative counts as zero.</param>
public sealed record PlanRequest(string Key, long Total)
{
    /// <summary>The preference key that stands for every cluster without an entry of its own.</summary>
    public const string AnyCluster = "*";

    /// <summary>
    /// Preferences by cluster name or <see cref="AnyCluster"/>. A cluster that none applies to gets nothing. An empty map, the default, gives
    /// every cluster the weight 1.
    /// </summary>
    public IReadOnlyDictionary<string, ReplicaPreference> Preferences { get; init; } = new Dictionary<string, ReplicaPreference>(StringComparer.Ordinal);

    /// <summary>The candidates, each name once.</summary>
    public IReadOnlyList<PlanCluster> Clusters { get; init; } = [];

    /// <summary>Whether running replicas may be moved to reach the wanted shares; by default they stay where they are as long as they may.</summary>
    public bool Rebalance { get; init; }

    /// <summary>By what is shared out.</summary>
    public PlanStrategy Strategy { get; init; }

    /// <summary>
    /// Names of clusters by group: the first group gets all that it can take, the next what is left, and so on; clusters in no group come last,
    /// together. A name counts where it stands first. Replicas go back to an earlier group as soon as it has room, with or without
    /// <see cref="Rebalance"/>. Empty, the default, is one group of all.
    /// </summary>
    public IReadOnlyList<IReadOnlyCollection<string>> OverflowGroups { get; init; } = [];
}
