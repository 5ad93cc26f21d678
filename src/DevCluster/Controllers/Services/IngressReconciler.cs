using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Controllers.Services;

/// <summary>Gives ingresses the address of an ingress controller, which nothing listens on.</summary>
internal sealed class IngressReconciler(Cluster cluster) : ObjectReconciler(cluster, cluster.Informer(KubeResources.Ingresses))
{
    private const string Address = "172.19.0.1";

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (!value.Metadata.IsDeleting && value.GetNode("status", "loadBalancer", "ingress") is null)
        {
            var status = new JsonObject
            {
                ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["ip"] = Address }) },
            };
            await Cluster.Client.WriteStatusAsync(KubeResources.Ingresses, value, status, cancellationToken);
        }

        return ReconcileResult.Done;
    }
}
