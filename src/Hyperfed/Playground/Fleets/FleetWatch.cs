using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>Watches the federation and its sample: on the host what the control plane says, in the members what is there.</summary>
internal sealed class FleetWatch : IFleetFeed, IInformerHandler, IAsyncDisposable
{
    private static readonly GroupVersionResource Nodes = new(string.Empty, "v1", "nodes");
    private static readonly GroupVersionResource Pods = new(string.Empty, "v1", "pods");
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    private static readonly InformerOptions OfSample = new() { Namespace = Sample.Namespace };
    private static readonly InformerOptions OfFederation = new() { Namespace = FederationNames.DefaultNamespace };

    private readonly List<SharedInformerCache> _caches = [];
    private readonly List<IInformer> _informers = [];
    private readonly IInformer _clusters;
    private readonly IInformer[] _objects;
    private readonly (string Name, IInformer Nodes, IInformer Pods, IInformer Deployments)[] _members;
    private volatile TaskCompletionSource _next = NewChange();

    private FleetWatch(PlaygroundClusters clusters, ILoggerFactory logging)
    {
        var environment = new InformerEnvironment { Logger = logging.CreateLogger<FleetWatch>() };
        var host = Open(new SharedInformerCache(clusters.Host.CreateClient(), environment));
        _clusters = Watch(host, FederationResources.KubeFedClusters, OfFederation);
        _objects = [.. Sample.Resources.Select(resource => Watch(host, resource, OfSample))];
        _members =
        [
            .. clusters.Members.Select(member =>
            {
                var cache = Open(new SharedInformerCache(member.CreateClient(), environment));
                return (member.Name, Watch(cache, Nodes, null), Watch(cache, Pods, OfSample), Watch(cache, Deployments, OfSample));
            }),
        ];
    }

    public Fleet Current => new(
        [.. _members.Select(member => FleetReading.Member(
            member.Name,
            _clusters.Store.Get(new NamespacedName(FederationNames.DefaultNamespace, member.Name)),
            member.Nodes.Store.List(),
            member.Pods.Store.List(),
            member.Deployments.Store.Get(Sample.Web)))],
        [.. _objects.SelectMany(static informer => informer.Store.List()).Select(FleetReading.Object)]);

    public Task NextChange => _next.Task;

    /// <summary>Begins to watch, and returns when everything has been seen once. The sample's types must be federated.</summary>
    public static async Task<FleetWatch> StartAsync(PlaygroundClusters clusters, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var watch = new FleetWatch(clusters, logging);
        try
        {
            await Task.WhenAll(watch._informers.Select(informer => informer.WaitForSyncAsync(cancellationToken)));
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    public void OnAdd(KubeObject value, bool isInInitialList) => Change();

    public void OnUpdate(KubeObject old, KubeObject value) => Change();

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Change();

    public async ValueTask DisposeAsync() => await Task.WhenAll(_caches.Select(static cache => cache.DisposeAsync().AsTask()));

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change() => Interlocked.Exchange(ref _next, NewChange()).TrySetResult();

    private SharedInformerCache Open(SharedInformerCache cache)
    {
        _caches.Add(cache);
        return cache;
    }

    private IInformer Watch(SharedInformerCache cache, GroupVersionResource resource, InformerOptions? options)
    {
        var informer = cache.Acquire(resource, options).Informer;
        informer.AddHandler(this);
        _informers.Add(informer);
        return informer;
    }
}
