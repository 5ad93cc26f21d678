using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>What a watcher of a cache wants to see.</summary>
public sealed record CacheWatchOptions
{
    /// <summary>What the storage keys begin with when it ends with a slash; otherwise the key of the one object to watch.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>Which objects; null for all. Called on the dispatching thread: it must be quick. The watch fails if it throws.</summary>
    public Func<KubeObject, bool>? Matches { get; init; }

    /// <summary>
    /// The revision after which events are wanted. Null begins with the present objects as ADDED, from a state that is not older than
    /// <see cref="NotOlderThan"/>.
    /// </summary>
    public long? AfterRevision { get; init; }

    /// <summary>For a watch that begins with the present objects: 0 for any state, a revision, or null for the newest.</summary>
    public long? NotOlderThan { get; init; } = 0;

    /// <summary>Whether a bookmark marks the end of the initial events.</summary>
    public bool SendInitialEventsEnd { get; init; }

    /// <summary>Whether bookmarks are sent about once a minute.</summary>
    public bool Bookmarks { get; init; }

    /// <summary>When the watch will be ended by the server; a bookmark is sent shortly before. Null for never.</summary>
    public TimeSpan? Timeout { get; init; }
}
