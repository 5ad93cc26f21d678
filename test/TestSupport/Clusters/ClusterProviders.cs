using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Clusters.Kind;

namespace KubeFed.TestSupport.Clusters;

/// <summary>
/// The cluster providers there are, and the choice among them by the environment variable <c>KUBEFED_PROVIDER</c>; default
/// <c>binaries</c>. A further provider (one that runs a cluster inside the test process, say) takes its place in the list here.
/// </summary>
public static class ClusterProviders
{
    private static readonly IClusterProvider[] All = [new BinariesClusterProvider(), new KindClusterProvider()];

    /// <summary>The provider that the environment selects, whether or not it works on this machine.</summary>
    /// <exception cref="ClusterException"><c>KUBEFED_PROVIDER</c> names none.</exception>
    public static IClusterProvider Selected => Select(Environment.GetEnvironmentVariable("KUBEFED_PROVIDER"));

    /// <summary>
    /// The selected provider. Where it does not work on this machine, the calling test is skipped; it fails instead if the environment
    /// says <c>CI=true</c>, so that a missing test bed cannot pass for success.
    /// </summary>
    public static IClusterProvider Require()
    {
        var provider = Selected;
        if (provider.Unavailable is { } reason)
        {
            Reject($"no clusters from the provider '{provider.Name}': {reason}", Environment.GetEnvironmentVariable("CI") == "true");
        }

        return provider;
    }

    internal static IClusterProvider Select(string? name)
    {
        name = string.IsNullOrEmpty(name) ? BinariesClusterProvider.ProviderName : name;
        return All.FirstOrDefault(provider => provider.Name == name) ?? throw new ClusterException(
            $"KUBEFED_PROVIDER is '{name}'; there are: {string.Join(", ", All.Select(provider => provider.Name))}");
    }

    internal static void Reject(string message, bool fail)
    {
        if (fail)
        {
            throw new ClusterException(message);
        }

        Assert.Ignore(message);
    }
}
