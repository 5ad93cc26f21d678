using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.DevClusters;

/// <summary>What a cluster is like.</summary>
public sealed record DevClusterOptions
{
    /// <summary>What cluster, user and context are called in the kubeconfig.</summary>
    /// <value>Default <c>dev</c>.</value>
    public string Name { get; init; } = "dev";

    /// <summary>
    /// The folder of certificates, keys and <c>kubeconfig</c>, and of the objects where they are kept. Made when it is missing, for the user of
    /// the process alone. Null writes nothing: all is gone with the cluster.
    /// </summary>
    /// <value>Default null.</value>
    public string? DataDirectory { get; init; }

    /// <summary>Whether objects are kept in a SQLite file in <see cref="DataDirectory"/> (which must be given) instead of memory.</summary>
    /// <value>Default false.</value>
    public bool KeepObjects { get; init; }

    /// <summary>The port of 127.0.0.1; 0 lets the system choose.</summary>
    /// <value>Default 0.</value>
    public int Port { get; init; }

    /// <summary>The nodes.</summary>
    /// <value>Default one, <c>node-1</c>.</value>
    public IReadOnlyList<DevNode> Nodes { get; init; } = [new DevNode { Name = "node-1" }];

    /// <summary>
    /// Where the service of an APIService is reached, by namespace, name and port: there is no network in the cluster. Null, or an answer of
    /// null, leaves it to the service: one of type ExternalName names a host.
    /// </summary>
    /// <value>Default null.</value>
    public Func<string, string, int, Uri?>? ResolveService { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The logs.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
