using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// The informer over a reader. For each object a handler hears an add, then updates, then a delete, and so on: judged by
/// the store, whatever the server sends. An object that a relist or a replayed event shows at the version in the store is
/// no update. An object of the same name but another UID, whose deletion was missed, is an update. Every handler has a
/// queue of 1024 calls; when it is full the informer waits for that handler (nothing is dropped, nothing grows). A handler
/// or transform that throws is logged and counted, and the rest goes on.
/// </summary>
public sealed class SharedInformer : IInformer
{
    private readonly InformerEnvironment _environment;
    private readonly ResourceMeters _meters;
    private readonly ResourceStore _store;
    private readonly Reflector _reflector;
    private readonly SyncCountdown _synced = new();
    private readonly Lock _lock = new();
    private ImmutableArray<HandlerRegistration> _handlers = [];
    private volatile string _lastResourceVersion = "";
    private bool _listed;
    private bool _stopped;
    private int _started;

    /// <summary>Creates an informer that is idle until <see cref="RunAsync"/>.</summary>
    public SharedInformer(
        IResourceReader client, GroupVersionResource resource, InformerOptions? options = null, InformerEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new InformerOptions();
        _environment = environment ?? new InformerEnvironment();
        _meters = new ResourceMeters(_environment.Metrics, resource);
        Resource = resource;
        _store = new ResourceStore(resource, options, _environment.Logger, _meters);
        _reflector = new Reflector(client, resource, options, _environment, _meters, new Sink(this));
    }

    /// <inheritdoc/>
    public GroupVersionResource Resource { get; }

    /// <inheritdoc/>
    public IResourceStore Store => _store;

    /// <inheritdoc/>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public string LastResourceVersion => _lastResourceVersion;

    /// <inheritdoc/>
    public Exception? LastError => _reflector.LastError;

    /// <inheritdoc/>
    public IDisposable AddHandler(IInformerHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_lock)
        {
            var registration = new HandlerRegistration(handler, _store.List(), Resource, _environment.Logger, _meters, Remove);
            _handlers = _handlers.Add(registration);
            if (_stopped)
            {
                registration.Stop();
            }

            return registration;
        }
    }

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken = default) => _synced.Task.WaitAsync(cancellationToken);

    /// <summary>
    /// Runs until cancelled, then returns normally once every handler's running call has returned; what is queued for
    /// handlers then is dropped, the store stays readable.
    /// </summary>
    /// <exception cref="InvalidOperationException">It runs or ran already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) == 1)
        {
            throw new InvalidOperationException($"the informer of {Resource} runs or ran already");
        }

        try
        {
            await _reflector.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            await StopHandlersAsync();
        }
    }

    /// <summary>
    /// Has the server asked at once where the informer waits after a failure: somebody knows that it is back. Does nothing otherwise.
    /// </summary>
    public void Hurry() => _reflector.Hurry();

    private async Task StopHandlersAsync()
    {
        ImmutableArray<HandlerRegistration> handlers;
        lock (_lock)
        {
            _stopped = true;
            handlers = _handlers;
        }

        foreach (var handler in handlers)
        {
            handler.Stop();
        }

        await Task.WhenAll(handlers.Select(static h => h.Completion));
        _meters.Objects(-_store.Count);
    }

    private void Remove(HandlerRegistration registration)
    {
        lock (_lock)
        {
            _handlers = _handlers.Remove(registration);
        }
    }

    private async Task ReplaceAsync(IReadOnlyList<KubeObject> items, string version, CancellationToken cancellationToken)
    {
        ImmutableDictionary<NamespacedName, KubeObject> old;
        ImmutableArray<HandlerRegistration> handlers;
        var isFirst = !_listed;
        lock (_lock)
        {
            old = _store.Replace(items.Select(Known));
            _lastResourceVersion = version;
            handlers = _handlers;
            _listed = true;
            if (isFirst)
            {
                Expect(handlers);
            }
        }

        foreach (var (key, last) in old)
        {
            if (_store.Get(key) is null)
            {
                await PostAsync(handlers, Notification.Delete(last, isFinalStateUnknown: true), cancellationToken);
            }
        }

        foreach (var item in _store.List())
        {
            if (!old.TryGetValue(item.Key, out var before))
            {
                await PostAsync(handlers, Notification.Add(item, isFirst), cancellationToken);
            }
            else if (!ReferenceEquals(before, item))
            {
                await PostAsync(handlers, Notification.Update(before, item), cancellationToken);
            }
        }

        if (isFirst)
        {
            await PostAsync(handlers, Notification.Synced, cancellationToken);
        }
    }

    private async ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken)
    {
        Notification? notification = null;
        ImmutableArray<HandlerRegistration> handlers;
        lock (_lock)
        {
            handlers = _handlers;
            notification = change.Type switch
            {
                WatchEventType.Bookmark => null,
                WatchEventType.Deleted => Remove(change.Object),
                _ => Set(change.Object),
            };
            if (change.Object.Metadata.ResourceVersion is { Length: > 0 } version)
            {
                _lastResourceVersion = version;
            }
        }

        if (notification is { } known)
        {
            await PostAsync(handlers, known, cancellationToken);
        }
    }

    private Notification? Remove(KubeObject last) =>
        _store.Remove(last.Key) is null ? null : Notification.Delete(last, isFinalStateUnknown: false);

    /// <summary>The instance in the store where it is of the same version, so that a relist of the same costs nothing.</summary>
    private KubeObject Known(KubeObject value) => _store.Get(value.Key) is { } present && IsSame(present, value) ? present : value;

    private Notification? Set(KubeObject value)
    {
        if (ReferenceEquals(Known(value), _store.Get(value.Key)))
        {
            return null;
        }

        return _store.Set(value) is { } old ? Notification.Update(old, value) : Notification.Add(value, isInInitialList: false);
    }

    private void Expect(ImmutableArray<HandlerRegistration> handlers)
    {
        _synced.Start(handlers.Length);
        foreach (var handler in handlers)
        {
            handler.Expect(_synced);
        }
    }

    private static bool IsSame(KubeObject a, KubeObject b) =>
        !string.IsNullOrEmpty(a.Metadata.ResourceVersion)
        && a.Metadata.ResourceVersion == b.Metadata.ResourceVersion
        && a.Metadata.Uid == b.Metadata.Uid;

    private static async ValueTask PostAsync(
        ImmutableArray<HandlerRegistration> handlers, Notification notification, CancellationToken cancellationToken)
    {
        foreach (var handler in handlers)
        {
            await handler.PostAsync(notification, cancellationToken);
        }
    }

    private sealed class Sink(SharedInformer informer) : IReflectorSink
    {
        public string LastResourceVersion => informer.LastResourceVersion;

        public Task ReplaceAsync(IReadOnlyList<KubeObject> items, string version, CancellationToken cancellationToken) =>
            informer.ReplaceAsync(items, version, cancellationToken);

        public bool Knows(KubeObject value) => informer._store.Get(value.Key) is { } present && IsSame(present, value);

        public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) => informer.ApplyAsync(change, cancellationToken);
    }
}
