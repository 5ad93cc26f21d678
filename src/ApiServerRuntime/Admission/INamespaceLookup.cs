namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>Knows the namespaces: of this server when it stands alone, of the host when it is aggregated.</summary>
public interface INamespaceLookup
{
    /// <summary>The state of a namespace.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fresh">Whether the answer must not come from a cache.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<NamespaceState> FindAsync(string name, bool fresh, CancellationToken cancellationToken);
}
