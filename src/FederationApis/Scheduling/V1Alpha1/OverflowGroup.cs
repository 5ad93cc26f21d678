using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>Clusters that are filled together, before those of later groups.</summary>
public sealed record OverflowGroup
{
    /// <summary>Names of clusters.</summary>
    public IReadOnlyList<string> Clusters { get; init => field = value ?? []; } = [];

    /// <summary>Selects further clusters by their labels; null selects none, an empty one all.</summary>
    public LabelSelector? ClusterSelector { get; init; }
}
