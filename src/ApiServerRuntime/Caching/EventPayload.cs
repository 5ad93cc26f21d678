using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>An object of an event, and the bytes of its representations, each made when first asked for and then shared.</summary>
public sealed class EventPayload
{
    private readonly ConcurrentDictionary<(string Representation, WatchEventType Type), ReadOnlyMemory<byte>> _encoded = new();

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
        return _encoded.GetOrAdd((representation, type), static (key, state) => state.encode(state.payload, key.Type), (payload: this, encode));
    }
}
