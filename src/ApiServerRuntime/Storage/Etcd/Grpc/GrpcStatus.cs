using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>Reads how a call ended.</summary>
internal static class GrpcStatus
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";

    /// <summary>Looks at the headers of an answer: whether it is gRPC at all, and whether it is nothing but a status.</summary>
    /// <returns>Whether the call is over with OK and there is no message.</returns>
    /// <exception cref="GrpcException">The answer is a failure, or not gRPC's.</exception>
    public static bool ReadHeaders(HttpResponseMessage response)
    {
        if (response.Headers.Contains(StatusHeader))
        {
            ThrowIfFailed(response.Headers);
            return true;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcException(FromHttp(response.StatusCode), $"the server answered HTTP {(int)response.StatusCode}");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        return type is not null && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
            ? false
            : throw new GrpcException(GrpcStatusCode.Unknown, $"the server answered with content of type \"{type}\": it does not speak gRPC");
    }

    /// <summary>Looks at the trailers after the last message.</summary>
    /// <exception cref="GrpcException">The call failed, or there is no status: the stream was cut.</exception>
    public static void ReadTrailers(HttpResponseMessage response) => ThrowIfFailed(response.TrailingHeaders);

    private static void ThrowIfFailed(HttpHeaders headers)
    {
        if (!headers.TryGetValues(StatusHeader, out var values))
        {
            throw new GrpcException(GrpcStatusCode.Unavailable, "the stream ended without a status");
        }

        if (!int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new GrpcException(GrpcStatusCode.Unknown, "the status is no number");
        }

        if (number != 0)
        {
            var code = number <= (int)GrpcStatusCode.Unauthenticated ? (GrpcStatusCode)number : GrpcStatusCode.Unknown;
            throw new GrpcException(code, Message(headers)) { FromServer = true };
        }
    }

    private static string Message(HttpHeaders headers) =>
        headers.TryGetValues(MessageHeader, out var values) ? Uri.UnescapeDataString(string.Join(',', values)) : "";

    private static GrpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };
}
