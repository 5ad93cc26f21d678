using Google.Protobuf;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>A call in which both sides go on sending. One reader and one writer at a time; disposal resets the stream.</summary>
internal sealed class GrpcStream<TRequest, TResponse> : IAsyncDisposable
    where TRequest : IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly GrpcMethod<TRequest, TResponse> _method;
    private readonly GrpcRequestContent _content;
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly GrpcMessageReader _reader;

    internal GrpcStream(
        GrpcMethod<TRequest, TResponse> method, GrpcRequestContent content, HttpResponseMessage response, Stream body, int maxMessageLength)
    {
        _method = method;
        _content = content;
        _response = response;
        _body = body;
        _reader = new GrpcMessageReader(body, maxMessageLength);
    }

    /// <summary>Sends another message.</summary>
    /// <exception cref="GrpcException">The stream is broken.</exception>
    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        try
        {
            await _content.WriteAsync(GrpcFrame.Write(message), cancellationToken);
        }
        catch (Exception e) when (GrpcTransportErrors.IsTransport(e) && !cancellationToken.IsCancellationRequested)
        {
            throw GrpcTransportErrors.Wrap(e);
        }
    }

    /// <summary>The next message of the server; null when it ended the call with OK.</summary>
    /// <exception cref="GrpcException">It ended otherwise, or the stream is broken.</exception>
    public async ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _reader.ReadAsync(cancellationToken) is { } message)
            {
                return _method.Parser.ParseFrom(message.Span);
            }

            GrpcStatus.ReadTrailers(_response);
            return null;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"the answer to {_method.Path} cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (GrpcTransportErrors.IsTransport(e) && !cancellationToken.IsCancellationRequested)
        {
            throw GrpcTransportErrors.Wrap(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _content.Complete();
        await _body.DisposeAsync();
        _response.Dispose();
        _reader.Dispose();
    }
}
