using System.Net;
using System.Net.Http.Headers;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>The body of a call whose client goes on sending: frames are written as they come, until <see cref="Complete"/>.</summary>
internal sealed class GrpcRequestContent : HttpContent
{
    private static readonly MediaTypeHeaderValue GrpcType = new("application/grpc");

    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _first;
    private int _began;

    public GrpcRequestContent(byte[] first)
    {
        _first = first;
        Headers.ContentType = GrpcType;
    }

    /// <summary>Sends another frame. One at a time.</summary>
    public async Task WriteAsync(byte[] frame, CancellationToken cancellationToken)
    {
        var stream = await _opened.Task.WaitAsync(cancellationToken);
        await stream.WriteAsync(frame, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Says that nothing more follows.</summary>
    public void Complete()
    {
        _opened.TrySetCanceled();
        _completed.TrySetResult();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _began, 1) != 0)
        {
            throw new IOException("a stream cannot be sent a second time");
        }

        await stream.WriteAsync(_first, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _opened.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        Complete();
        base.Dispose(disposing);
    }
}
