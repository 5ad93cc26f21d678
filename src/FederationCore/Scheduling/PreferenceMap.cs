namespace KubeFed.FederationCore.Scheduling;

/// <summary>Which preference applies to a cluster: its own, else that of every cluster; with no preferences at all, weight 1.</summary>
internal readonly struct PreferenceMap(IReadOnlyDictionary<string, ReplicaPreference> preferences)
{
    private readonly ReplicaPreference? _any =
        preferences.Count == 0 ? new ReplicaPreference(Weight: 1)
        : preferences.TryGetValue(PlanRequest.AnyCluster, out var any) ? any
        : null;

    public ReplicaPreference? Find(string cluster) => preferences.TryGetValue(cluster, out var own) ? own : _any;
}
