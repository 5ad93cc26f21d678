namespace KubeFed.KubeClient.Dynamic;

/// <summary>Limits of a <see cref="DynamicClient"/>. The defaults suit a control plane.</summary>
public sealed record DynamicClientOptions
{
    /// <summary>
    /// How long a call other than a list or watch may take in all, waits and further tries included; for a watch, how
    /// long its opening may take. What a credential plugin takes, which has a limit of its own, does not count. Default 30 s.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one page of a list, or a deletion of a collection, may take in all. Default 60 s.</summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a call is sent at most when the server answers 429 or, for calls that may be done twice, 503 with Retry-After. Default 10.
    /// </summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>How often a read is sent again when the connection breaks under it. Default 2.</summary>
    public int ConnectionRetries { get; init; } = 2;

    /// <summary>The largest answer to anything but a list. Default 16 MiB.</summary>
    public int MaxObjectBytes { get; init; } = 16 << 20;

    /// <summary>The largest page of a list. Default 512 MiB.</summary>
    public int MaxListBytes { get; init; } = 512 << 20;

    /// <summary>The largest watch event. A larger one ends the watch as a <see cref="WatchFormatException"/>. Default 32 MiB.</summary>
    public int MaxEventBytes { get; init; } = 32 << 20;

    /// <summary>What a watch may overrun its own timeout by before silence counts as a dead connection. Default 30 s.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a watch may be silent once a bookmark has come. From then on a server sends one about each minute, so
    /// three missed ones mean a dead connection. Default 190 s.
    /// </summary>
    public TimeSpan BookmarkSilence { get; init; } = TimeSpan.FromSeconds(190);

    /// <summary>Seeds the jitter of timeouts and waits; null for an arbitrary seed.</summary>
    public int? Seed { get; init; }
}
