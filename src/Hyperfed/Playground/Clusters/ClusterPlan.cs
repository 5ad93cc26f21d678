using KubeFed.DevClusters;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>What a cluster is to be like.</summary>
/// <param name="Name">What it is called, also in the kubeconfig.</param>
/// <param name="Nodes">Its nodes, which are simulated where the provider has none of its own.</param>
internal sealed record ClusterPlan(string Name, IReadOnlyList<DevNode> Nodes);
