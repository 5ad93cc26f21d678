namespace KubeFed.KubeClient.Tests.Dynamic;

/// <summary>A stream that gives its bytes in exactly these pieces, unless a read has less room.</summary>
internal sealed class PiecewiseStream(IReadOnlyList<byte[]> pieces) : Stream
{
    private int _piece;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count && _at == pieces[_piece].Length)
        {
            _piece++;
            _at = 0;
        }

        if (_piece == pieces.Count || buffer.IsEmpty)
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, pieces[_piece].Length - _at);
        pieces[_piece].AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new ValueTask<int>(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
