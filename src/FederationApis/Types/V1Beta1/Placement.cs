using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Which clusters an object goes to, as its author wrote it. An empty list of clusters is not the same as none.</summary>
public sealed record Placement
{
    /// <summary>A placement that says nothing.</summary>
    public static Placement Absent { get; } = new();

    /// <summary>Names of clusters, in the author's order; null when absent. Wins over the selector, also when empty.</summary>
    public IReadOnlyList<string>? Clusters { get; init; }

    /// <summary>Selects clusters by the labels of their KubeFedCluster; null when absent.</summary>
    public LabelSelector? ClusterSelector { get; init; }
}
