using KubeFed.ApiServerRuntime.Caching.Trees;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>One write to a type, as the history keeps it and all watches share it.</summary>
/// <param name="key">The storage key.</param>
/// <param name="revision">The revision of the write.</param>
/// <param name="current">The object written; null for a deletion.</param>
/// <param name="previous">What it replaced; null for a creation.</param>
/// <param name="tree">All objects of the type after the write.</param>
/// <param name="timestamp">When it was received.</param>
internal sealed class CacheEvent(string key, long revision, CachedObject? current, CachedObject? previous, ObjectTree tree, long timestamp)
{
    /// <summary>What is reckoned for the event itself, its share of the tree and its payload.</summary>
    private const int Overhead = 2048;

    private EventPayload? _gone;

    public string Key => key;

    public long Revision => revision;

    public CachedObject? Current => current;

    public CachedObject? Previous => previous;

    public ObjectTree Tree => tree;

    public long Timestamp => timestamp;

    /// <summary>The object written. Only where there is one.</summary>
    public EventPayload Present { get; } = current is null ? null! : new(current.Object);

    /// <summary>What was there before, with the revision of this write. Only where there was something.</summary>
    public EventPayload Gone => Volatile.Read(ref _gone) ?? MakeGone();

    /// <summary>An estimate of the memory that is free when the event is forgotten: the older object and the bytes made for watches.</summary>
    public long Bytes { get; } = Overhead + (2L * ((current ?? previous)?.Object.Utf8Json.Length ?? 0));

    private EventPayload MakeGone()
    {
        var made = new EventPayload(RevisionText.Write(previous!.Object, revision));
        return Interlocked.CompareExchange(ref _gone, made, null) ?? made;
    }
}
