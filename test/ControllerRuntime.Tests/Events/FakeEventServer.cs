using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.ControllerRuntime.Tests.Events;

/// <summary>Keeps the events it is sent, as text lines, and fails as told.</summary>
internal sealed class FakeEventServer(bool servesModern) : IResourceWriter, IRestMapper
{
    private readonly Lock _lock = new();
    private readonly List<KubeObject> _created = [];
    private readonly List<string> _patches = [];

    /// <summary>Asked before each write; throws to fail it.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<KubeObject> Created
    {
        get
        {
            lock (_lock)
            {
                return [.. _created];
            }
        }
    }

    public IReadOnlyList<string> Patches
    {
        get
        {
            lock (_lock)
            {
                return [.. _patches];
            }
        }
    }

    public void DeleteAll()
    {
        lock (_lock)
        {
            _created.Clear();
        }
    }

    public async Task<KubeObject> CreateAsync(GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await BeforeWrite();
        lock (_lock)
        {
            if (_created.Exists(known => known.Key == value.Key))
            {
                throw StatusErrors.AlreadyExists(resource.GroupResource, value.Metadata.Name);
            }

            _created.Add(value);
            return value;
        }
    }

    public async Task<KubeObject> PatchAsync(GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await BeforeWrite();
        lock (_lock)
        {
            var known = _created.Find(value => value.Key == name) ?? throw StatusErrors.NotFound(resource.GroupResource, name.Name);
            _patches.Add(Encoding.UTF8.GetString(patch.Body.Span));
            return known;
        }
    }

    public Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default) => Task.FromResult(
        servesModern ? new ApiResource { Resource = resource, Kind = new(resource.Group, resource.Version, "Event"), Scope = ResourceScope.Namespaced } : null);

    public Task<KubeObject> UpdateAsync(GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<KubeObject> ApplyAsync(GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<KubeObject?> DeleteAsync(GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task DeleteCollectionAsync(GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Invalidate() => throw new NotSupportedException();
}
