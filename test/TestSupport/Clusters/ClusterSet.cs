namespace KubeFed.TestSupport.Clusters;

/// <summary>A host cluster and its members, none of them joined yet.</summary>
public sealed class ClusterSet : IAsyncDisposable
{
    private ClusterSet(TestCluster host, IReadOnlyList<TestCluster> members)
    {
        Host = host;
        Members = members;
    }

    /// <summary>The cluster that a federation's control plane lives in.</summary>
    public TestCluster Host { get; }

    /// <summary>The members, in the order of their numbers.</summary>
    public IReadOnlyList<TestCluster> Members { get; }

    /// <summary>The host, then the members.</summary>
    public IEnumerable<TestCluster> All => [Host, .. Members];

    /// <summary>
    /// Makes the clusters at the same time, by the provider that the environment selects; skips or fails the calling test where that
    /// does not work on this machine (see <see cref="ClusterProviders.Require()"/>).
    /// </summary>
    public static Task<ClusterSet> CreateAsync(ClusterSetOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(ClusterProviders.Require(), options ?? new ClusterSetOptions(), cancellationToken);

    /// <summary>Makes the clusters at the same time, by the given provider. If one does not come up, none is left.</summary>
    public static async Task<ClusterSet> CreateAsync(
        IClusterProvider provider, ClusterSetOptions options, CancellationToken cancellationToken = default)
    {
        Task<TestCluster>[] clusters =
        [
            provider.CreateAsync(options.Host, cancellationToken),
            .. Enumerable.Range(1, options.Members).Select(number => provider.CreateAsync(options.Member(number), cancellationToken)),
        ];
        try
        {
            var made = await Task.WhenAll(clusters);
            return new ClusterSet(made[0], made[1..]);
        }
        catch
        {
            foreach (var cluster in clusters.Where(cluster => cluster.IsCompletedSuccessfully))
            {
                await (await cluster).DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Writes the ends of all clusters' logs to the test's output if the test that runs now has failed; for a tear-down.</summary>
    public async Task WriteLogsIfFailedAsync(int lines = 100)
    {
        if (TestContext.CurrentContext.Result.Outcome.Status != NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            return;
        }

        foreach (var cluster in All)
        {
            await cluster.WriteLogsAsync(TestContext.Out, lines);
        }
    }

    /// <summary>Removes all the clusters.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(All.Select(cluster => cluster.DisposeAsync().AsTask()));
}
