namespace KubeFed.DevClusters.Controllers.StatefulSets;

/// <summary>The pods of a stateful set to make, by their ordinals, and those to delete.</summary>
internal sealed record StatefulSetPlan(IReadOnlyList<int> Create, IReadOnlyList<Pod> Delete);
