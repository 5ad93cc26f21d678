namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>
/// Clusters of real programs as processes on loopback: etcd, kube-apiserver and, on request, kube-controller-manager. No kubelet, so no
/// pod ever runs. The programs come from <c>KUBEBUILDER_ASSETS</c>, else from what <c>./build.sh testbed</c> made.
/// </summary>
public sealed class BinariesClusterProvider : IClusterProvider
{
    internal const string ProviderName = "binaries";
    private const int Attempts = 3;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Unavailable =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
            ? AssetsFolder.FromEnvironment.Missing
            : "processes are handled by POSIX signals, which this system does not have";

    /// <inheritdoc/>
    public async Task<TestCluster> CreateAsync(TestClusterOptions options, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var cluster = new BinariesCluster(options, AssetsFolder.FromEnvironment);
            try
            {
                await cluster.BootAsync(cancellationToken);
                return cluster;
            }
            catch (PortTakenException) when (attempt < Attempts)
            {
                await cluster.DisposeAsync();
            }
            catch
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
    }
}
