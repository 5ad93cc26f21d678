using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>
/// Reads pass through and writes go nowhere: they answer what was to be written. (The server's own dry run is of no use
/// here, since it refuses objects in a namespace that would have been created a step before.)
/// </summary>
internal sealed class DryRunClient(IDynamicClient inner) : IDynamicClient
{
    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.GetAsync(resource, name, options, cancellationToken);

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.ListAsync(resource, @namespace, options, cancellationToken);

    public IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.WatchAsync(resource, @namespace, options, cancellationToken);

    public async Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (value.Metadata.Name.Length > 0 && await inner.FindAsync(resource, value.Key, null, cancellationToken) is not null)
        {
            throw ApiMachinery.Errors.StatusErrors.AlreadyExists(resource.GroupResource, value.Metadata.Name);
        }

        return value;
    }

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(value);

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.GetAsync(resource, name, null, cancellationToken);

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        Task.FromResult(KubeObject.Parse(configuration));

    public async Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        await inner.GetAsync(resource, name, null, cancellationToken);
        return null;
    }

    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) =>
        inner.GetPathAsync(path, cancellationToken);
}
