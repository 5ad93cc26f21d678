using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>The namespaces of the cluster in front of this server, for a server that is aggregated.</summary>
public sealed class HostNamespaceLookup : INamespaceLookup
{
    private readonly Func<string, KubeObject?> _cached;
    private readonly IResourceReader _host;

    /// <summary>What the informer watches.</summary>
    public static GroupVersionResource Resource { get; } = new(string.Empty, "v1", "namespaces");

    /// <summary>Creates the lookup.</summary>
    /// <param name="cached">The namespace of a name as an informer holds it; null when it does not.</param>
    /// <param name="host">The host's API, asked when the informer does not know a namespace.</param>
    public HostNamespaceLookup(Func<string, KubeObject?> cached, IResourceReader host)
    {
        _cached = cached;
        _host = host;
    }

    /// <inheritdoc/>
    public async ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken)
    {
        var found = fresh ? await ReadAsync(name, cancellationToken).ConfigureAwait(false) : _cached(name);
        return found is null ? NamespaceState.Missing : found.Metadata.IsDeleting ? NamespaceState.Terminating : NamespaceState.Active;
    }

    private async Task<KubeObject?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _host.GetAsync(Resource, NamespacedName.Cluster(name), cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
