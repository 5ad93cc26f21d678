using KubeFed.DevClusters;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.EmbeddedClusters;

/// <summary>
/// Clusters inside of the test process, by <c>DevCluster</c>. They start in a second or two, always have their controllers, run pods on a
/// simulated node, and have no etcd. An assembly whose tests are to run on them hands this to <see cref="ClusterProviders.Add"/>.
/// </summary>
public sealed class EmbeddedClusterProvider : IClusterProvider
{
    /// <summary>The value of <c>KUBEFED_PROVIDER</c>.</summary>
    public const string ProviderName = "embedded";

    private const int Attempts = 3;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Unavailable => TestBed.FindKubectl() is null ? "there is no kubectl in the test bed, nor on PATH; run ./build.sh testbed" : null;

    /// <inheritdoc/>
    public async Task<TestCluster> CreateAsync(TestClusterOptions options, CancellationToken cancellationToken = default)
    {
        if (options.ApiServerArguments.Count > 0)
        {
            throw new ClusterException($"the provider '{ProviderName}' has no kube-apiserver to pass arguments to: {string.Join(' ', options.ApiServerArguments)}");
        }

        var kubectl = TestBed.FindKubectl() ?? throw new ClusterException(Unavailable!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await EmbeddedCluster.StartAsync(options.Name, kubectl, cancellationToken);
            }
            catch (DevClusterException) when (attempt < Attempts)
            {
                // Somebody took the port meanwhile.
                continue;
            }
            catch (DevClusterException e)
            {
                throw new ClusterException($"{options.Name}: {e.Message}", e);
            }
        }
    }
}
