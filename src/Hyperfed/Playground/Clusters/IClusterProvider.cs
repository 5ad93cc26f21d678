using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>Where the clusters of a playground come from.</summary>
internal interface IClusterProvider
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What of it this machine lacks, as a sentence that says what to do; null when nothing.</summary>
    string? Missing { get; }

    /// <summary>Whether nodes and pods are simulated, so that every cluster has the room that its plan says.</summary>
    bool SimulatesNodes { get; }

    /// <summary>Whether the host reaches servers that run in this process, by localhost.</summary>
    bool ReachesThisProcess { get; }

    /// <summary>How much memory a cluster takes, at most, in bytes.</summary>
    long MemoryPerCluster { get; }

    /// <summary>Starts a cluster and returns when it can be worked with.</summary>
    /// <exception cref="PlaygroundException">It cannot be had; nothing of it is left.</exception>
    Task<IPlaygroundCluster> StartAsync(ClusterPlan plan, ILoggerFactory logging, CancellationToken cancellationToken);
}
