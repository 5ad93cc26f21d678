using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace KubeFed.Scale.Servers;

/// <summary>Reads the events of a watch, and again those of the watch that takes its place.</summary>
/// <param name="time">The clock that the changes carry the time of.</param>
/// <param name="received">Told how many changes came.</param>
internal sealed class EventReader(TimeProvider time, Action<int> received)
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(Subject.Mark);

    /// <summary>Milliseconds from the request of each change until it was here.</summary>
    public List<double> Delays { get; } = [];

    /// <summary>The resource version of the last event; empty when there was none.</summary>
    public string LastVersion { get; private set; } = "";

    /// <summary>Whether the server does not know any more what came after it.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Reads until the watch ends.</summary>
    public async Task ReadAsync(HttpResponseMessage watch, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var held = 0;
        try
        {
            using (watch)
            {
                await using var stream = await watch.Content.ReadAsStreamAsync(cancellationToken);
                while (await stream.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
                {
                    var end = held + read;
                    var used = Take(buffer.AsSpan(0, end));
                    held = end - used;
                    buffer.AsSpan(used, held).CopyTo(buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Whole lines only. Managed fields hold no values, so the mark stands once in an event.
    private int Take(ReadOnlySpan<byte> text)
    {
        var now = time.GetTimestamp();
        var used = 0;
        var events = 0;
        ReadOnlySpan<byte> last = default;
        while (text[used..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            last = text.Slice(used, length);
            used += length + 1;
            if (last.IndexOf(Mark) is >= 0 and var at && Utf8Parser.TryParse(last[(at + Mark.Length)..], out long sent, out _))
            {
                Delays.Add((now - sent) * 1000.0 / Stopwatch.Frequency);
                events++;
            }
        }

        if (last.Length > 0)
        {
            IsExpired = last.StartsWith("{\"type\":\"ERROR\""u8);
            LastVersion = Answer.Find(last, "\"resourceVersion\":\""u8);
        }

        received(events);
        return used;
    }
}
