using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Tests.Fakes;

/// <summary>An informer whose events the test writes.</summary>
internal sealed class FakeInformer : IInformer, IResourceStore
{
    private readonly Dictionary<NamespacedName, KubeObject> _objects = [];
    private readonly List<IInformerHandler> _handlers = [];

    public GroupVersionResource Resource => new("", "v1", "configmaps");

    public IResourceStore Store => this;

    public bool HasSynced { get; set; } = true;

    public string LastResourceVersion { get; set; } = "1";

    public Exception? LastError { get; set; }

    public int Count => _objects.Count;

    /// <summary>Called at every read of an object, for what happens at that very moment.</summary>
    public Action? OnGet { get; set; }

    public KubeObject? Get(NamespacedName key)
    {
        OnGet?.Invoke();
        return _objects.GetValueOrDefault(key);
    }

    public IReadOnlyCollection<KubeObject> List() => _objects.Values;

    public IReadOnlyCollection<KubeObject> ByIndex(string index, string value) =>
        [.. _objects.Values.Where(o => o.Metadata.Namespace == value)];

    public IDisposable AddHandler(IInformerHandler handler)
    {
        _handlers.Add(handler);
        return new Registration(() => _handlers.Remove(handler));
    }

    public Task WaitForSyncAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Put(KubeObject value)
    {
        var old = Get(value.Key);
        _objects[value.Key] = value;
        LastResourceVersion = value.Metadata.ResourceVersion ?? LastResourceVersion;
        _handlers.ForEach(h =>
        {
            if (old is null)
            {
                h.OnAdd(value, isInInitialList: false);
            }
            else
            {
                h.OnUpdate(old, value);
            }
        });
    }

    public void Remove(KubeObject last)
    {
        _objects.Remove(last.Key);
        LastResourceVersion = last.Metadata.ResourceVersion ?? LastResourceVersion;
        _handlers.ForEach(h => h.OnDelete(last, isFinalStateUnknown: false));
    }

    private sealed class Registration(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
