namespace KubeFed.TestSupport.Clusters.Etcd;

/// <summary>What kind of etcd a test wants.</summary>
public sealed record EtcdServerOptions
{
    /// <summary>How many members; default 1.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Whether clients must use TLS and have a certificate of <see cref="EtcdServer.Folder"/>; default false.</summary>
    public bool Tls { get; init; }

    /// <summary>Whether a write is acknowledged before it is on the disk; default true. A killed etcd loses nothing by it, a killed machine does.</summary>
    public bool SkipsSync { get; init; } = true;

    /// <summary>More arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
