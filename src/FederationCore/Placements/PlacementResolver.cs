using KubeFed.ApiMachinery.Selectors;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Placements;

/// <summary>
/// Decides which clusters an object goes to. A list of clusters wins, also when empty; then the selector, where an empty
/// one selects every cluster; then the configured default. Names that are not registered vanish. Deterministic: the same
/// input gives the same list, sorted bytewise.
/// </summary>
public static class PlacementResolver
{
    /// <summary>The placement of an object that no namespace restricts: a cluster-scoped type, or a FederatedNamespace itself.</summary>
    public static PlacementDecision Resolve(FederatedObject source, IReadOnlyCollection<PlacementCluster> clusters, PlacementOptions options) =>
        source.PlacementError is { } error ? PlacementDecision.Failed(error) : Resolve(source.Placement, clusters, options);

    /// <summary>
    /// The placement of an object of a namespaced type: its own, intersected with that of the FederatedNamespace of its
    /// namespace (null when there is none).
    /// </summary>
    public static PlacementDecision ResolveInNamespace(
        FederatedObject source,
        FederatedObject? federatedNamespace,
        IReadOnlyCollection<PlacementCluster> clusters,
        PlacementOptions options)
    {
        var own = Resolve(source, clusters, options);
        if (own.IsFailed)
        {
            return own;
        }

        if (federatedNamespace is null)
        {
            return options.NamespacedControlPlane ? own : PlacementDecision.NotFederated();
        }

        var gate = Resolve(federatedNamespace, clusters, options);
        return gate.IsFailed
            ? PlacementDecision.Failed($"FederatedNamespace \"{federatedNamespace.Metadata.Name}\": {gate.Error}")
            : PlacementDecision.Of(Intersect(own.Clusters, gate.Clusters));
    }

    /// <summary>The placement that a value of <c>spec.placement</c> means.</summary>
    public static PlacementDecision Resolve(Placement placement, IReadOnlyCollection<PlacementCluster> clusters, PlacementOptions options)
    {
        if (placement.Clusters is { } listed)
        {
            return PlacementDecision.Of(Listed(listed, clusters));
        }

        if (placement.ClusterSelector is { } selector)
        {
            return Select(selector, clusters);
        }

        return PlacementDecision.Of(options.SelectAllByDefault ? Sorted(clusters, static _ => true) : []);
    }

    /// <summary>The clusters that the selector alone selects, whatever list of clusters stands beside it; absent selects as configured.</summary>
    public static PlacementDecision ResolveSelectorOnly(
        Placement placement, IReadOnlyCollection<PlacementCluster> clusters, PlacementOptions options) =>
        Resolve(placement with { Clusters = null }, clusters, options);

    private static PlacementDecision Select(LabelSelector selector, IReadOnlyCollection<PlacementCluster> clusters)
    {
        try
        {
            var parsed = selector.ToSelector();
            return PlacementDecision.Of(Sorted(clusters, c => parsed.Matches(c.Labels)));
        }
        catch (FormatException e)
        {
            return PlacementDecision.Failed($"spec.placement.clusterSelector: {e.Message}");
        }
    }

    private static string[] Listed(IReadOnlyList<string> names, IReadOnlyCollection<PlacementCluster> clusters)
    {
        var wanted = new HashSet<string>(names, StringComparer.Ordinal);
        return wanted.Count == 0 ? [] : Sorted(clusters, c => wanted.Contains(c.Name));
    }

    private static string[] Sorted(IReadOnlyCollection<PlacementCluster> clusters, Func<PlacementCluster, bool> selects)
    {
        var names = new HashSet<string>(clusters.Count, StringComparer.Ordinal);
        foreach (var cluster in clusters)
        {
            if (selects(cluster))
            {
                names.Add(cluster.Name);
            }
        }

        string[] result = [.. names];
        Array.Sort(result, StringComparer.Ordinal);
        return result;
    }

    private static List<string> Intersect(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var result = new List<string>(Math.Min(left.Count, right.Count));
        for (int i = 0, j = 0; i < left.Count && j < right.Count;)
        {
            var order = string.CompareOrdinal(left[i], right[j]);
            if (order == 0)
            {
                result.Add(left[i]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return result;
    }
}
