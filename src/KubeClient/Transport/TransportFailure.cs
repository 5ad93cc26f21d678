using System.Net.Sockets;

namespace KubeFed.KubeClient.Transport;

/// <summary>Turns the failures of connections into one sentence that says which server and why.</summary>
internal static class TransportFailure
{
    public static HttpRequestException Describe(Uri server, Uri? proxy, HttpRequestException e)
    {
        var through = proxy is null ? "" : $" through the proxy {proxy.Scheme}://{proxy.Authority}";
        var message = $"cannot reach the API server {server.GetLeftPart(UriPartial.Authority)}{through}: {Reason(e)}";
        return new HttpRequestException(e.HttpRequestError, message, e.InnerException ?? e, e.StatusCode);
    }

    public static HttpRequestException ConnectTimeout(Uri server, Uri? proxy, Exception e) => Describe(
        server,
        proxy,
        new HttpRequestException(HttpRequestError.ConnectionError, $"no connection within {HandlerFactory.ConnectTimeout.TotalSeconds:0} seconds", e));

    private static string Reason(HttpRequestException e)
    {
        if (Find<CertificateRejectedException>(e) is { } rejected)
        {
            return $"its certificate is not trusted: {rejected.Message}";
        }

        if (Find<SocketException>(e) is { } socket)
        {
            return SocketReason(socket);
        }

        if (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return TlsReason(e);
        }

        return Innermost(e).Message.TrimEnd('.');
    }

    private static string SocketReason(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData => "no such host",
        SocketError.TryAgain => "the name cannot be resolved now",
        SocketError.TimedOut => "the connection timed out",
        SocketError.NetworkUnreachable or SocketError.NetworkDown => "the network is unreachable",
        SocketError.HostUnreachable or SocketError.HostDown => "no route to the host",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection was reset",
        _ => socket.Message,
    };

    private static string TlsReason(HttpRequestException e)
    {
        var inner = Innermost(e).Message.TrimEnd('.');
        return inner.Contains("frame", StringComparison.OrdinalIgnoreCase)
            ? "it does not speak TLS on this port (is its address http://?)"
            : $"the TLS handshake failed: {inner}";
    }

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
