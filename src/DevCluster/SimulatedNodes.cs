using KubeFed.DevClusters.Controllers;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters;

/// <summary>
/// Nodes for a Kubernetes API server that has none: pods are assigned to them and become ready, and nothing ever runs. The cluster has
/// kube-controller-manager, but neither its node lifecycle controller nor kube-scheduler, and its API server taints no new nodes.
/// </summary>
public static class SimulatedNodes
{
    /// <summary>Registers the nodes and works until cancelled; the API may be away meanwhile.</summary>
    /// <param name="client">The API with all rights.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">The logs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task RunAsync(
        IDynamicClient client, IReadOnlyList<DevNode> nodes, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var context = new DevControllerContext { Client = client, Options = new DevClusterOptions { Nodes = nodes }, Time = time, Logging = logging };
        return ControllerHost.RunAsync([new NodeControllers()], context, cancellationToken);
    }
}
