using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>An object of an event, and the bytes of its representations, each made when first asked for and then shared.</summary>
public sealed class EventPayload
{
    private Encoding? _encodings;

    /// <summary>Creates a payload.</summary>
    /// <param name="object">The object, with its resource version.</param>
    /// <param name="initialEventsEnd">Whether this is the bookmark that ends the initial events.</param>
    public EventPayload(KubeObject @object, bool initialEventsEnd = false)
    {
        Object = @object;
        InitialEventsEnd = initialEventsEnd;
    }

    /// <summary>The object.</summary>
    public KubeObject Object { get; }

    /// <summary>Whether this is the bookmark that ends the initial events.</summary>
    public bool InitialEventsEnd { get; }

    /// <summary>The bytes of a representation of the event; <paramref name="encode"/> makes them, at most a few times however many ask.</summary>
    /// <param name="representation">Media type, version and form; short, from a fixed set.</param>
    /// <param name="type">What the event says.</param>
    /// <param name="encode">Makes the bytes.</param>
    public ReadOnlyMemory<byte> Encoded(string representation, WatchEventType type, Func<EventPayload, WatchEventType, ReadOnlyMemory<byte>> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        var first = Volatile.Read(ref _encodings);
        return (Find(first, null, representation, type) ?? Add(first, new(representation, type, encode(this, type)))).Bytes;
    }

    private Encoding Add(Encoding? first, Encoding made)
    {
        while (true)
        {
            made.Next = first;
            var present = Interlocked.CompareExchange(ref _encodings, made, first);
            if (ReferenceEquals(present, first))
            {
                return made;
            }

            if (Find(present, first, made.Representation, made.Type) is { } same)
            {
                return same;
            }

            first = present;
        }
    }

    private static Encoding? Find(Encoding? from, Encoding? until, string representation, WatchEventType type)
    {
        for (var encoding = from; !ReferenceEquals(encoding, until); encoding = encoding!.Next)
        {
            if (encoding!.Type == type && string.Equals(encoding.Representation, representation, StringComparison.Ordinal))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>Newest first. Few objects have more than two, so that a list is smaller and quicker than a dictionary.</summary>
    private sealed class Encoding(string representation, WatchEventType type, ReadOnlyMemory<byte> bytes)
    {
        public string Representation => representation;

        public WatchEventType Type => type;

        public ReadOnlyMemory<byte> Bytes => bytes;

        public Encoding? Next { get; set; }
    }
}
