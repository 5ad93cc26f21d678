using System.Net.Sockets;
using System.Security.Authentication;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>Turns what HTTP throws into gRPC's failures.</summary>
internal static class GrpcTransportErrors
{
    private const long RefusedStream = 7;

    /// <summary>Whether an exception is one of a connection, and not a fault in this program.</summary>
    public static bool IsTransport(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or SocketException or AuthenticationException
            or ObjectDisposedException;

    /// <summary>What a failure of the connection comes to.</summary>
    public static GrpcException Wrap(Exception e) => e switch
    {
        GrpcException known => known,
        OperationCanceledException => new GrpcException(GrpcStatusCode.Unavailable, "the connection was not made in time", e) { NeverSent = true },
        _ => new GrpcException(GrpcStatusCode.Unavailable, Describe(e), e) { NeverSent = IsNeverSent(e) },
    };

    private static bool IsNeverSent(Exception e) =>
        e is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError
        } || IsRefusedStream(e);

    private static bool IsRefusedStream(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpProtocolException { ErrorCode: RefusedStream })
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(Exception e)
    {
        var deepest = e;
        while (deepest.InnerException is { } inner)
        {
            deepest = inner;
        }

        return ReferenceEquals(deepest, e) ? e.Message : $"{e.Message} ({deepest.Message})";
    }
}
