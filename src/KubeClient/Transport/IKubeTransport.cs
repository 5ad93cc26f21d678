namespace KubeFed.KubeClient.Transport;

/// <summary>
/// Carries requests to one API server: TLS, credentials and impersonation are its matter, the meaning of requests is not.
/// Safe for concurrent use.
/// </summary>
public interface IKubeTransport
{
    /// <summary>The server's address; ends with a slash. Request URIs may be relative to it.</summary>
    Uri BaseAddress { get; }

    /// <summary>
    /// Sends a request and returns when the answer's headers are there; the caller disposes the answer. Non-2xx answers
    /// are returned, not thrown. A 401 makes the transport refresh its credentials and try once more.
    /// </summary>
    /// <exception cref="HttpRequestException">The server cannot be reached; the message says which and why.</exception>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
