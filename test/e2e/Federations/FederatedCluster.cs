using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.e2e.Federations;

/// <summary>A cluster that is joined.</summary>
/// <param name="Name">Its name in the federation.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Client">An administrator's client for it.</param>
/// <param name="IsHost">Whether the control plane lives in it too.</param>
internal sealed record FederatedCluster(string Name, TestCluster Cluster, IDynamicClient Client, bool IsHost)
{
    public override string ToString() => Name;
}
