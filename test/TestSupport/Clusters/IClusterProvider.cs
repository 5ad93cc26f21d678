namespace KubeFed.TestSupport.Clusters;

/// <summary>A way to get Kubernetes clusters for tests. Every end-to-end scenario runs unchanged on each.</summary>
public interface IClusterProvider
{
    /// <summary>The value of <c>KUBEFED_PROVIDER</c> that selects it.</summary>
    string Name { get; }

    /// <summary>Why this machine cannot make clusters this way, as a sentence for a person; null if it can.</summary>
    string? Unavailable { get; }

    /// <summary>Makes a cluster that serves requests. The caller disposes it.</summary>
    /// <exception cref="ClusterException">It did not come up; the message holds the ends of its logs. Nothing of it is left.</exception>
    Task<TestCluster> CreateAsync(TestClusterOptions options, CancellationToken cancellationToken = default);
}
