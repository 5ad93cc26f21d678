namespace KubeFed.DevClusters.Controllers.ReplicaSets;

/// <summary>How many pods to make, and which to delete.</summary>
internal sealed record ReplicaSetPlan(int Create, IReadOnlyList<Pod> Delete)
{
    public static readonly ReplicaSetPlan Nothing = new(0, []);
}
