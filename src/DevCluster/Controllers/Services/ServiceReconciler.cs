using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Services;

/// <summary>Keeps the endpoints of services and gives load balancers an address, which nothing listens on.</summary>
internal sealed class ServiceReconciler : ObjectReconciler
{
    private readonly IInformer _pods;
    private readonly IInformer _slices;
    private readonly IInformer _endpoints;
    private readonly IEventRecorder _events;

    public ServiceReconciler(Cluster cluster)
        : base(cluster, cluster.Informer(KubeResources.Services))
    {
        _pods = cluster.Informer(KubeResources.Pods);
        _slices = cluster.Informer(KubeResources.EndpointSlices);
        _endpoints = cluster.Informer(KubeResources.Endpoints);
        _events = cluster.Recorder("service-controller");
    }

    /// <summary>The services that select a pod.</summary>
    public static IEnumerable<NamespacedName> Selecting(IInformer services, KubeObject pod) => services.Store.InNamespace(pod.Metadata.Namespace)
        .Where(service => service.ToService().Spec.Selector is { Count: > 0 } selector && EndpointBuilding.Matches(selector, pod.Metadata.Labels))
        .Select(static service => service.Key);

    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        var service = value.ToService();
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        if (service.Spec is { Selector.Count: > 0, Type: not "ExternalName" })
        {
            var backends = EndpointBuilding.Backends(service, _pods.Store.InNamespace(value.Metadata.Namespace));
            var name = $"{service.Name}-{TemplateHash.Of(JsonValue.Create(value.Metadata.Uid)!)[..5]}";
            await EnsureAsync(service, _slices, EndpointBuilding.Slice(service, name, backends), ["endpoints", "ports"], cancellationToken);
            await EnsureAsync(service, _endpoints, EndpointBuilding.Endpoints(service, backends), ["subsets"], cancellationToken);
        }

        await BalanceAsync(service, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task EnsureAsync(Service service, IInformer informer, KubeObject wanted, string[] members, CancellationToken cancellationToken)
    {
        if (informer.Store.Get(wanted.Key) is not { } present)
        {
            Writes.Wrote(service.Object.Key, informer, await Cluster.Client.CreateAsync(informer.Resource, wanted, cancellationToken: cancellationToken));
            return;
        }

        var patch = new JsonObject();
        foreach (var member in members)
        {
            var value = wanted.GetNode(member);
            if (!JsonEquality.Equal(value, present.GetNode(member)))
            {
                patch[member] = value;
            }
        }

        if (patch.Count > 0)
        {
            Writes.Wrote(
                service.Object.Key, informer, await Cluster.Client.PatchAsync(informer.Resource, wanted.Key, Patch.Merge(patch), cancellationToken: cancellationToken));
        }
    }

    private async Task BalanceAsync(Service service, CancellationToken cancellationToken)
    {
        var has = service.Status.LoadBalancer?.Ingress is { Count: > 0 };
        var wants = service.Spec.Type == "LoadBalancer";
        if (has == wants)
        {
            return;
        }

        var balancer = new JsonObject();
        if (wants)
        {
            balancer["ingress"] = new JsonArray(new JsonObject { ["ip"] = BalancerAddress(service), ["ipMode"] = "VIP" });
        }

        var status = service.Object.GetNode("status") as JsonObject ?? [];
        status["loadBalancer"] = balancer;
        if (await Cluster.Client.WriteStatusAsync(KubeResources.Services, service.Object, status, cancellationToken) is { } written)
        {
            Writes.Wrote(service.Object.Key, Objects, written);
            _events.Record(written, EventType.Normal, wants ? "EnsuredLoadBalancer" : "DeletedLoadBalancer", "Balance", wants ? "Ensured load balancer" : "Deleted load balancer");
        }
    }

    // Like the cluster address, which no other service has.
    private static string BalancerAddress(Service service) =>
        service.Spec.ClusterIP?.Split('.') is [_, _, var third, var fourth] ? $"172.19.{third}.{fourth}" : "172.19.255.254";
}
