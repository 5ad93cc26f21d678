using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationControllerManager.Scheduling.Planning;

/// <summary>The clusters that may get replicas of an object, or why none can be named.</summary>
/// <param name="Names">Names of registered clusters.</param>
/// <param name="Reason">One of <see cref="SchedulingReasons"/> where there are none, else null.</param>
/// <param name="Message">Why, for people; null where there are some.</param>
internal sealed record Candidates(IReadOnlySet<string> Names, string? Reason, string? Message)
{
    /// <summary>
    /// Finds them: clusters that hold the object's namespace, since replicas elsewhere would never come to be; of these, where the
    /// preference wants it, those that the placement's selector selects. A list of clusters in the placement is no limit.
    /// </summary>
    /// <param name="source">The federated object.</param>
    /// <param name="federatedNamespace">The FederatedNamespace of its namespace; null where there is none.</param>
    /// <param name="clusters">All registered clusters.</param>
    /// <param name="options">What the control plane says of placement.</param>
    /// <param name="intersect">Whether the placement's selector counts.</param>
    public static Candidates Find(
        FederatedObject source, FederatedObject? federatedNamespace, IReadOnlyCollection<PlacementCluster> clusters, PlacementOptions options, bool intersect)
    {
        if (source.PlacementError is { } error)
        {
            return None(SchedulingReasons.PlacementInvalid, error);
        }

        if (federatedNamespace is null && !options.NamespacedControlPlane)
        {
            return None(SchedulingReasons.NamespaceNotFederated, $"the namespace \"{source.Metadata.Namespace}\" is not federated: create a FederatedNamespace \"{source.Metadata.Namespace}\" in it");
        }

        var gate = federatedNamespace is null ? null : PlacementResolver.Resolve(federatedNamespace, clusters, options);
        var selected = intersect ? PlacementResolver.ResolveSelectorOnly(source.Placement, clusters, options) : null;
        if ((gate is { IsFailed: true } ? gate : selected is { IsFailed: true } ? selected : null) is { } failed)
        {
            return None(SchedulingReasons.PlacementInvalid, failed.Error!);
        }

        var names = clusters.Select(static c => c.Name).Where(name => gate?.Selects(name) != false && selected?.Selects(name) != false).ToHashSet(StringComparer.Ordinal);
        return names.Count > 0 ? new Candidates(names, null, null) : None(SchedulingReasons.NoClusters, WhyNone(clusters.Count, gate, intersect));
    }

    private static string WhyNone(int registered, PlacementDecision? gate, bool intersect) => registered == 0
        ? "no cluster is joined"
        : gate is { Clusters.Count: 0 } ? "the placement of the FederatedNamespace selects no cluster"
        : intersect ? "the clusterSelector of the placement selects no cluster that holds the namespace"
        : "no cluster holds the namespace";

    private static Candidates None(string reason, string message) => new(new HashSet<string>(), reason, message);
}
