using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Tells event recorders that only core events are served: kubectl describe reads those, and nothing need be looked up.</summary>
internal sealed class CoreEventsOnly : IRestMapper
{
    public static readonly CoreEventsOnly Instance = new();

    public Task<ApiResource> ResolveAsync(string name, CancellationToken cancellationToken = default) =>
        Task.FromException<ApiResource>(new ResourceNotFoundException($"the resource \"{name}\" is not looked up here"));

    public Task<ApiResource?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken = default) => Task.FromResult<ApiResource?>(null);

    public Task<ApiResource?> FindResourceAsync(GroupVersionResource resource, CancellationToken cancellationToken = default) =>
        Task.FromResult<ApiResource?>(null);

    public Task<IReadOnlyList<ApiResource>> ListPreferredAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ApiResource>>([]);

    public void Invalidate()
    {
    }
}
