using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>
/// gRPC over an HTTP/2 client, of one server: unary calls and calls in which both sides go on sending. Nothing is compressed and nothing
/// is tried again. Any number of calls share a connection.
/// </summary>
internal sealed class GrpcClient(HttpMessageInvoker http, Uri address, int maxMessageLength, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue GrpcType = new("application/grpc");

    /// <summary>Sends one message and returns the one that answers it.</summary>
    /// <exception cref="GrpcException">The call did not end with OK, or not in time.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest message, GrpcCallOptions options, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var content = new ByteArrayContent(GrpcFrame.Write(message));
            content.Headers.ContentType = GrpcType;
            using var request = NewRequest(method.Path, content, options);
            using var response = await http.SendAsync(request, either.Token);
            return await ReadSingleAsync(method, response, either.Token);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"the answer to {method.Path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (GrpcTransportErrors.IsTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested
                ? new GrpcException(GrpcStatusCode.DeadlineExceeded, $"no answer within {options.Timeout.TotalSeconds:0.###} s", e)
                : GrpcTransportErrors.Wrap(e);
        }
    }

    /// <summary>
    /// Opens a call in which both sides go on sending, and sends its first message. Returns when the server has begun to answer.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="first">The first message.</param>
    /// <param name="options">The timeout holds for the opening only and is not told to the server.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="GrpcException">The server refused, or did not answer in time.</exception>
    public async Task<GrpcStream<TRequest, TResponse>> OpenAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest first, GrpcCallOptions options, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var content = new GrpcRequestContent(GrpcFrame.Write(first));
        HttpResponseMessage? response = null;
        try
        {
            var request = NewRequest(method.Path, content, options with { Timeout = Timeout.InfiniteTimeSpan });
            response = await http.SendAsync(request, either.Token);
            if (GrpcStatus.ReadHeaders(response))
            {
                throw new GrpcException(GrpcStatusCode.Unavailable, $"the server ended {method.Path} at its start");
            }

            var body = await response.Content.ReadAsStreamAsync(either.Token);
            return new GrpcStream<TRequest, TResponse>(method, content, response, body, maxMessageLength);
        }
        catch (Exception e)
        {
            content.Complete();
            response?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (!GrpcTransportErrors.IsTransport(e))
            {
                throw;
            }

            throw limit.IsCancellationRequested
                ? new GrpcException(GrpcStatusCode.DeadlineExceeded, $"no answer within {options.Timeout.TotalSeconds:0.###} s", e)
                : GrpcTransportErrors.Wrap(e);
        }
    }

    private async Task<TResponse> ReadSingleAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, HttpResponseMessage response, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (GrpcStatus.ReadHeaders(response))
        {
            throw NoMessage(method.Path);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new GrpcMessageReader(body, maxMessageLength);
        TResponse? answer = null;
        while (await reader.ReadAsync(cancellationToken) is { } message)
        {
            answer = answer is null
                ? method.Parser.ParseFrom(message.Span)
                : throw new GrpcException(GrpcStatusCode.Internal, $"{method.Path} answered with more than one message");
        }

        GrpcStatus.ReadTrailers(response);
        return answer ?? throw NoMessage(method.Path);
    }

    private static GrpcException NoMessage(string path) => new(GrpcStatusCode.Internal, $"{path} answered without a message");

    private HttpRequestMessage NewRequest(string path, HttpContent content, GrpcCallOptions options)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", "grpc-kubefed");
        if (options.Timeout != Timeout.InfiniteTimeSpan)
        {
            request.Headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(options.Timeout));
        }

        foreach (var (name, value) in options.Metadata)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
