using System.Buffers;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>A body read into a pooled buffer, which goes back when this is disposed.</summary>
internal sealed class ResponseBody : IDisposable
{
    private byte[] _buffer;

    private ResponseBody(byte[] buffer) => _buffer = buffer;

    public int Length { get; private set; }

    public bool IsTruncated { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    /// <summary>Reads at most <paramref name="limit"/> bytes and marks the result when there were more.</summary>
    public static async Task<ResponseBody> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var expected = Math.Min(response.Content.Headers.ContentLength ?? 16 << 10, limit);
        var body = new ResponseBody(ArrayPool<byte>.Shared.Rent((int)expected + 1));
        try
        {
            await body.FillAsync(response, limit, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task FillAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            if (Length == _buffer.Length)
            {
                Grow();
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(Length), cancellationToken);
            if (read == 0)
            {
                return;
            }

            Length += read;
            if (Length > limit)
            {
                Length = limit;
                IsTruncated = true;
                return;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min((long)_buffer.Length * 2, Array.MaxLength));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
