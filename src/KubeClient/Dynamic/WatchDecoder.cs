using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// Cuts a byte stream into watch events by the brackets of its top-level values, newlines or not. Every byte is scanned
/// once for the frame and parsed once for the object, and an event's object gets its own bytes.
/// </summary>
internal sealed class WatchDecoder(PipeReader reader, int maxEventBytes)
{
    private JsonFramer _framer;

    /// <summary>Waits for more bytes. A caller puts its own deadline around it.</summary>
    public ValueTask<ReadResult> FillAsync(CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken);

    /// <summary>
    /// Takes the next event out of what was read. False: more bytes are needed, or the stream is at its end.
    /// </summary>
    /// <exception cref="StatusException">The event is an error.</exception>
    /// <exception cref="WatchFormatException">It is no event, or too large.</exception>
    /// <exception cref="IOException">The stream ends within an event.</exception>
    public bool TryTake(ReadResult result, out WatchEvent taken)
    {
        var buffer = SkipFiller(result.Buffer);
        if (TryFrame(buffer, out var end))
        {
            var framed = _framer;
            _framer = default;
            taken = ReadEvent(buffer.Slice(0, end), framed);
            reader.AdvanceTo(buffer.GetPosition(end));
            return true;
        }

        if (result.IsCompleted && !buffer.IsEmpty)
        {
            throw new IOException("the watch was cut in the middle of an event");
        }

        if (buffer.Length > maxEventBytes)
        {
            throw new WatchFormatException($"a watch event is larger than {maxEventBytes} bytes");
        }

        taken = default;
        reader.AdvanceTo(buffer.Start, buffer.End);
        return false;
    }

    private bool TryFrame(ReadOnlySequence<byte> buffer, out long end)
    {
        end = 0;
        if (buffer.IsEmpty)
        {
            return false;
        }

        if (buffer.FirstSpan[0] != (byte)'{')
        {
            throw new WatchFormatException("the watch carries something that is not a JSON object");
        }

        foreach (var segment in buffer.Slice(_framer.Scanned))
        {
            if (_framer.Scan(segment.Span, out _))
            {
                end = _framer.Scanned;
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySequence<byte> SkipFiller(ReadOnlySequence<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var first = buffer.FirstSpan;
            var rest = first.TrimStart(" \t\r\n"u8);
            buffer = buffer.Slice(first.Length - rest.Length);
            if (!rest.IsEmpty)
            {
                return buffer;
            }
        }

        return buffer;
    }

    private static WatchEvent ReadEvent(ReadOnlySequence<byte> frame, JsonFramer framed)
    {
        try
        {
            if (framed.ChildEnd > 0 && TryReadUsualHead(frame, framed, out var usual))
            {
                return ToEvent(usual, frame.Slice(framed.ChildStart, framed.ChildEnd - framed.ChildStart).ToArray());
            }

            var (type, value) = ReadUnusual(frame.ToArray());
            return ToEvent(type, value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KubeObjectFormatException)
        {
            throw new WatchFormatException($"the watch carries something that is no event: {e.Message}", e);
        }
    }

    /// <summary>Recognizes the one form that Kubernetes servers send, so that its few bytes need no parsing.</summary>
    private static bool TryReadUsualHead(ReadOnlySequence<byte> frame, JsonFramer framed, out string type)
    {
        Span<byte> copy = stackalloc byte[40];
        type = "";
        if (framed.ChildStart > copy.Length || framed.ChildEnd != frame.Length - 1)
        {
            return false;
        }

        var head = frame.Slice(0, framed.ChildStart);
        head.CopyTo(copy);
        ReadOnlySpan<byte> bytes = copy[..(int)head.Length];
        type = 0 switch
        {
            _ when bytes.SequenceEqual("{\"type\":\"MODIFIED\",\"object\":"u8) => "MODIFIED",
            _ when bytes.SequenceEqual("{\"type\":\"ADDED\",\"object\":"u8) => "ADDED",
            _ when bytes.SequenceEqual("{\"type\":\"DELETED\",\"object\":"u8) => "DELETED",
            _ when bytes.SequenceEqual("{\"type\":\"BOOKMARK\",\"object\":"u8) => "BOOKMARK",
            _ when bytes.SequenceEqual("{\"type\":\"ERROR\",\"object\":"u8) => "ERROR",
            _ => "",
        };
        return type.Length > 0;
    }

    private static (string Type, ReadOnlyMemory<byte> Object) ReadUnusual(byte[] frame)
    {
        var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = KubeObject.MaxDepth + 1 });
        string? type = null;
        ReadOnlyMemory<byte>? value = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
            {
                type = reader.GetString();
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            value = isObject ? frame.AsMemory(start..(int)reader.BytesConsumed) : value;
        }

        return type is not null && value is { } found
            ? (type, found)
            : throw new JsonException("type or object is missing");
    }

    private static WatchEvent ToEvent(string type, ReadOnlyMemory<byte> value) => type switch
    {
        "ADDED" => new WatchEvent(WatchEventType.Added, KubeObject.Parse(value)),
        "MODIFIED" => new WatchEvent(WatchEventType.Modified, KubeObject.Parse(value)),
        "DELETED" => new WatchEvent(WatchEventType.Deleted, KubeObject.Parse(value)),
        "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, KubeObject.Parse(value)),
        "ERROR" => throw new StatusException(
            StatusDecoder.TryParse(value.Span) ?? throw new JsonException("an error event holds no status")),
        _ => throw new JsonException($"unknown event type \"{(type.Length > 40 ? type[..40] : type)}\""),
    };
}
