namespace KubeFed.DevClusters.Controllers.DaemonSets;

/// <summary>The nodes on which a daemon set's pods are to be made, and the pods to delete.</summary>
internal sealed record DaemonSetPlan(IReadOnlyList<string> Create, IReadOnlyList<Pod> Delete);
