namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>How much caches keep and how long they wait. The defaults are kube-apiserver's where it has the setting.</summary>
public sealed record ResourceCacheOptions
{
    /// <summary>How many objects are read from the storage at once when a type is loaded.</summary>
    /// <value>Default 10,000.</value>
    public int PageSize { get; init; } = 10_000;

    /// <summary>How long a read waits for a revision, or for a type to be loaded, before it fails.</summary>
    /// <value>Default 3 seconds.</value>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a watch that asked for bookmarks gets one, if the revision has risen.</summary>
    /// <value>Default 1 minute.</value>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before the end of a watch a last bookmark is sent.</summary>
    /// <value>Default 2 seconds.</value>
    public TimeSpan BookmarkBeforeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The events of a type that are kept however old they are; the capacity of its history never falls below it.</summary>
    /// <value>Default 100.</value>
    public int MinEvents { get; init; } = 100;

    /// <summary>The most events of a type that are kept.</summary>
    /// <value>Default 102,400.</value>
    public int MaxEvents { get; init; } = 102_400;

    /// <summary>Events younger than this are kept if the bounds allow: a full history whose oldest event is younger doubles its capacity.</summary>
    /// <value>Default 75 seconds: a bookmark period and a quarter.</value>
    public TimeSpan FreshEvents { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Events older than this are forgotten, down to <see cref="MinEvents"/>, so that a burst does not occupy memory for ever.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most memory, in bytes by estimate, that the history of one type may hold; the oldest events go first.</summary>
    /// <value>Default 64 MiB.</value>
    public long MaxHistoryBytes { get; init; } = 64 << 20;

    /// <summary>How many events wait for the reader of one watch. Beyond that the watch goes on from the shared history while that lasts.</summary>
    /// <value>Default 1,000.</value>
    public int WatchQueueLength { get; init; } = 1_000;

    /// <summary>The first wait after the storage was lost; each further one is twice as long.</summary>
    /// <value>Default 100 milliseconds.</value>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait after the storage was lost.</summary>
    /// <value>Default 5 seconds.</value>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);
}
