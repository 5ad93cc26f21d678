using System.Buffers;

namespace KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;

/// <summary>Takes messages out of a stream of bytes, however these are cut. One reader at a time.</summary>
internal sealed class GrpcMessageReader(Stream stream, int maxMessageLength) : IDisposable
{
    private const int FirstBuffer = 4096;
    private const int LargestKept = 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;

    /// <summary>The next message, valid until the next call; null at the end of the stream.</summary>
    /// <exception cref="GrpcException">The bytes are no messages, a message is too long, or the stream ends within one.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(GrpcFrame.HeaderLength, cancellationToken))
        {
            return null;
        }

        var length = GrpcFrame.ReadLength(_buffer.AsSpan(_start, GrpcFrame.HeaderLength), maxMessageLength);
        _start += GrpcFrame.HeaderLength;
        if (length > 0 && !await FillAsync(length, cancellationToken))
        {
            throw Truncated();
        }

        var message = _buffer.AsMemory(_start, length);
        _start += length;
        return message;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
    }

    private static GrpcException Truncated() => new(GrpcStatusCode.Unavailable, "the stream ended within a message");

    /// <summary>Reads until so many bytes are there; false when the stream ends before the first of them.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        MakeRoom(count);
        while (_end - _start < count)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return _end == _start ? false : throw Truncated();
            }

            _end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        var held = _end - _start;
        var shrinks = _buffer.Length > LargestKept && count <= FirstBuffer && held <= FirstBuffer;
        if (_buffer.Length - _start >= count && !shrinks)
        {
            return;
        }

        if (_buffer.Length >= count && !shrinks)
        {
            _buffer.AsSpan(_start, held).CopyTo(_buffer);
        }
        else
        {
            var other = ArrayPool<byte>.Shared.Rent(Math.Max(count, FirstBuffer));
            _buffer.AsSpan(_start, held).CopyTo(other);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = other;
        }

        _start = 0;
        _end = held;
    }
}
