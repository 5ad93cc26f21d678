namespace KubeFed.KubeClient.Discovery;

/// <summary>Asks a server what it is and what it serves. Nothing is cached here.</summary>
public interface IDiscoveryClient
{
    /// <summary>The server's version.</summary>
    Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Everything that is served. A version that cannot be read is among the failures and hides no other.
    /// Throws <see cref="HttpRequestException"/> where the server cannot be reached or is no Kubernetes API, and
    /// <see cref="KubeFed.ApiMachinery.Errors.StatusException"/> where it refuses.
    /// </summary>
    Task<ApiDiscovery> DiscoverAsync(CancellationToken cancellationToken = default);
}
