using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The namespaces of the host, from an informer; asked for anew where it has not seen one.</summary>
internal sealed class HostNamespaces : INamespaceLookup, IAsyncDisposable
{
    private static readonly GroupVersionResource Namespaces = new(string.Empty, "v1", "namespaces");

    private readonly IResourceReader _client;
    private readonly InformerLease _lease;

    public HostNamespaces(IResourceReader client, SharedInformerCache informers)
    {
        _client = client;
        _lease = informers.Acquire(Namespaces, new InformerOptions { Representation = Representation.Metadata });
    }

    /// <summary>Why the namespaces are not known yet; null when they are.</summary>
    public string? WhyNotReady => _lease.Informer.HasSynced ? null
        : $"the host's namespaces cannot be read yet{(_lease.Informer.LastError is { } error ? $": {error.Message}" : string.Empty)}";

    /// <inheritdoc/>
    public async ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken)
    {
        if (!fresh)
        {
            return StateOf(_lease.Informer.Store.Get(NamespacedName.Cluster(name)));
        }

        try
        {
            return StateOf(await _client.GetAsync(Namespaces, NamespacedName.Cluster(name), new GetOptions { Representation = Representation.Metadata }, cancellationToken));
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return NamespaceState.Missing;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    private static NamespaceState StateOf(KubeObject? value) => value switch
    {
        null => NamespaceState.Missing,
        { Metadata.DeletionTimestamp: not null } => NamespaceState.Terminating,
        _ => NamespaceState.Active,
    };
}
