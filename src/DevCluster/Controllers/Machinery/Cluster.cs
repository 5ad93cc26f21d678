using KubeFed.ApiMachinery.Identity;
using KubeFed.ControllerRuntime.Events;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>
/// What the controllers of one cluster share: the client, one informer for each resource, one event recorder for each component. Informers
/// are made by who asks first, all before <see cref="WaitForSyncAsync"/>.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly SharedInformerCache _informers;
    private readonly Dictionary<GroupVersionResource, InformerLease> _leases = [];
    private readonly Dictionary<string, EventRecorder> _recorders = new(StringComparer.Ordinal);

    public Cluster(IDynamicClient client, TimeProvider time, ILoggerFactory loggers)
    {
        Client = client;
        Time = time;
        Loggers = loggers;
        _informers = new SharedInformerCache(
            client, new InformerEnvironment { Time = time, Logger = loggers.CreateLogger("KubeFed.DevClusters.Informers") });
    }

    public IDynamicClient Client { get; }

    public TimeProvider Time { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>Now, to the second: what fits into a timestamp of the API.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The informer of a resource in all namespaces.</summary>
    public IInformer Informer(GroupVersionResource resource)
    {
        if (!_leases.TryGetValue(resource, out var lease))
        {
            lease = _informers.Acquire(resource, OptionsOf(resource));
            _leases.Add(resource, lease);
        }

        return lease.Informer;
    }

    /// <summary>Who records events under the name of a component.</summary>
    public IEventRecorder Recorder(string component)
    {
        if (!_recorders.TryGetValue(component, out var recorder))
        {
            var options = new EventRecorderOptions { Component = component, Instance = component, TimeProvider = Time, FlushTimeout = TimeSpan.FromMilliseconds(200) };
            recorder = new EventRecorder(Client, CoreEventsOnly.Instance, options, Loggers.CreateLogger<EventRecorder>());
            _recorders.Add(component, recorder);
        }

        return recorder;
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_leases.Values.Select(lease => lease.Informer.WaitForSyncAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_recorders.Values.Select(static recorder => recorder.DisposeAsync().AsTask()));
        await _informers.DisposeAsync();
    }

    private static InformerOptions OptionsOf(GroupVersionResource resource) => new()
    {
        Transform = InformerTransforms.DropManagedFields,
        Indexes = resource == KubeResources.Pods ? PodIndex.All : PodIndex.OwnersOnly,
    };
}
