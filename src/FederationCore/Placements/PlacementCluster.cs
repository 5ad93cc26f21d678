using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationCore.Placements;

/// <summary>A registered cluster as placement sees it: ready or not makes no difference.</summary>
/// <param name="Name">The cluster's name.</param>
/// <param name="Labels">The labels of its KubeFedCluster.</param>
public readonly record struct PlacementCluster(string Name, StringMap Labels);
