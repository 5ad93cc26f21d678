using System.Net;
using System.Net.Http.Headers;
using KubeFed.TestSupport.Clusters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace KubeFed.TestSupport.Proxies;

/// <summary>The API server behind a <see cref="FaultProxy"/>, asked as the client is, by its token, or else as the administrator.</summary>
internal sealed class Upstream : IDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Transfer-Encoding", "Upgrade",
    };

    private readonly HttpMessageInvoker _asClient;
    private readonly HttpMessageInvoker _asAdministrator;
    private readonly Uri _server;
    private readonly bool _isAdministrator;

    public Upstream(TestCluster cluster, bool isAdministrator)
    {
        _server = cluster.Server;
        _isAdministrator = isAdministrator;
        _asClient = new HttpMessageInvoker(cluster.CreateHandler(isAdministrator: false));
        _asAdministrator = new HttpMessageInvoker(cluster.CreateHandler(isAdministrator: true));
    }

    public static bool IsOfTheConnection(string header) => header.StartsWith(':') || OfTheConnection.Contains(header);

    /// <summary>Sends a client's request.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, _isAdministrator, cancellationToken);

    /// <summary>Sends a request of another server's client, as the administrator.</summary>
    public Task<HttpResponseMessage> SendForeignAsync(HttpRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, asAdministrator: true, cancellationToken);

    /// <summary>Reads, as the administrator, the object that a client's write is about, in the form that the client wants it in.</summary>
    public async Task<HttpResponseMessage> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(_server, request.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Headers.Accept.ToArray());
        return await _asAdministrator.SendAsync(message, cancellationToken);
    }

    public void Dispose()
    {
        _asClient.Dispose();
        _asAdministrator.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequest request, bool asAdministrator, CancellationToken cancellationToken)
    {
        using var message = await CopyAsync(request, asAdministrator, cancellationToken);
        return await (asAdministrator ? _asAdministrator : _asClient).SendAsync(message, cancellationToken);
    }

    private async Task<HttpRequestMessage> CopyAsync(HttpRequest request, bool asAdministrator, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_server, request.GetEncodedPathAndQuery()))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!HttpMethods.IsGet(request.Method))
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            message.Content = new ByteArrayContent(body.ToArray());
            message.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type : null;
        }

        foreach (var (name, values) in request.Headers)
        {
            if (!IsOfTheConnection(name) && !(asAdministrator && string.Equals(name, "Authorization", StringComparison.OrdinalIgnoreCase)))
            {
                message.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return message;
    }
}
