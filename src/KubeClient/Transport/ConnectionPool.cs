using KubeFed.KubeClient.Authentication;

namespace KubeFed.KubeClient.Transport;

/// <summary>The connections made with one client certificate. Retiring it lets calls under way finish.</summary>
internal sealed class ConnectionPool(SocketsHttpHandler handler, ClientCertificate? certificate) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);

    public ClientCertificate? Certificate => certificate;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    public void Dispose() => _invoker.Dispose();
}
