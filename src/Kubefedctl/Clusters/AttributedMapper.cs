using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Notes on every exception of a mapper which cluster it came from, as <see cref="AttributedClient"/> does for a client.</summary>
internal sealed class AttributedMapper(IRestMapper inner, string cluster) : IRestMapper
{
    public Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.ResolveAsync(name, cancellationToken));

    public Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.FindKindAsync(kind, cancellationToken));

    public Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.FindResourceAsync(resource, cancellationToken));

    public Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default) =>
        AttributeAsync(() => inner.ListPreferredAsync(cancellationToken));

    public void Invalidate() => inner.Invalidate();

    private async Task<T> AttributeAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (AttributedClient.Note(e, cluster))
        {
            throw;
        }
    }
}
