using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>
/// Notes on every exception of a client which cluster it came from, so that the one place that prints errors can say so.
/// The exceptions themselves pass through unchanged.
/// </summary>
internal sealed class AttributedClient(IDynamicClient inner, string cluster) : IDynamicClient
{
    private const string Key = "kubefedctl.cluster";

    /// <summary>The cluster that an exception, or its cause, came from; null when none was noted.</summary>
    public static string? ClusterOf(Exception? failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e.Data[Key] is string cluster)
            {
                return cluster;
            }
        }

        return null;
    }

    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.GetAsync(resource, name, options, cancellationToken));

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.ListAsync(resource, @namespace, options, cancellationToken));

    public IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.WatchAsync(resource, @namespace, options, cancellationToken);

    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.CreateAsync(resource, value, options, cancellationToken));

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.UpdateAsync(resource, value, options, cancellationToken));

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.PatchAsync(resource, name, patch, options, cancellationToken));

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.ApplyAsync(resource, name, configuration, options, cancellationToken));

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.DeleteAsync(resource, name, options, cancellationToken));

    public async Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.DeleteCollectionAsync(resource, @namespace, options, listOptions, cancellationToken);
        }
        catch (Exception e) when (Note(e))
        {
            throw;
        }
    }

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.GetPathAsync(path, cancellationToken));

    private async Task<T> AttributeAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (Note(e))
        {
            throw;
        }
    }

    private bool Note(Exception e)
    {
        e.Data[Key] = cluster;
        return false;
    }
}
