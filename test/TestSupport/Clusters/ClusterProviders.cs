using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Clusters.Kind;

namespace KubeFed.TestSupport.Clusters;

/// <summary>
/// The cluster providers there are, and the choice among them by the environment variable <c>KUBEFED_PROVIDER</c>; default
/// <c>binaries</c>. Those of this library come first; a test assembly adds what it brings before its tests are looked for, in a module
/// initializer. Safe for concurrent use.
/// </summary>
public static class ClusterProviders
{
    private static readonly Lock Gate = new();
    private static volatile IClusterProvider[] _all = [new BinariesClusterProvider(), new KindClusterProvider()];

    /// <summary>The provider that the environment selects, whether or not it works on this machine.</summary>
    /// <exception cref="ClusterException"><c>KUBEFED_PROVIDER</c> names none.</exception>
    public static IClusterProvider Selected => Select(Environment.GetEnvironmentVariable("KUBEFED_PROVIDER"));

    /// <summary>Adds a provider for the tests of this process.</summary>
    /// <exception cref="ClusterException">There is one of its name.</exception>
    public static void Add(IClusterProvider provider)
    {
        lock (Gate)
        {
            _all = _all.All(present => present.Name != provider.Name)
                ? [.. _all, provider]
                : throw new ClusterException($"there is a cluster provider '{provider.Name}' already");
        }
    }

    /// <summary>
    /// The selected provider. Where it does not work on this machine, the calling test is skipped; it fails instead if the environment
    /// says <c>CI=true</c>, so that a missing test bed cannot pass for success.
    /// </summary>
    public static IClusterProvider Require() => Require(Selected);

    /// <summary>As <see cref="Require()"/>, whatever the environment selects.</summary>
    /// <param name="name">The provider's name.</param>
    /// <exception cref="ClusterException">There is none of this name.</exception>
    public static IClusterProvider Require(string name) => Require(Select(name));

    /// <summary>
    /// The selected provider for a test that is about real programs, such as one that passes arguments to kube-apiserver or looks into its
    /// etcd: skips the calling test, also with <c>CI=true</c>, where the selected provider is another than <c>binaries</c>.
    /// </summary>
    /// <param name="reason">What it needs of them, for the message.</param>
    public static IClusterProvider RequirePrograms(string reason)
    {
        if (Selected is not BinariesClusterProvider)
        {
            Assert.Ignore($"needs the provider '{BinariesClusterProvider.ProviderName}': {reason}");
        }

        return Require();
    }

    internal static IClusterProvider Select(string? name)
    {
        name = string.IsNullOrEmpty(name) ? BinariesClusterProvider.ProviderName : name;
        var all = _all;
        return all.FirstOrDefault(provider => provider.Name == name) ?? throw new ClusterException(
            $"there is no cluster provider '{name}' (see KUBEFED_PROVIDER); there are: {string.Join(", ", all.Select(provider => provider.Name))}");
    }

    internal static void Reject(string message, bool fail)
    {
        if (fail)
        {
            throw new ClusterException(message);
        }

        Assert.Ignore(message);
    }

    private static IClusterProvider Require(IClusterProvider provider)
    {
        if (provider.Unavailable is { } reason)
        {
            Reject($"no clusters from the provider '{provider.Name}': {reason}", Environment.GetEnvironmentVariable("CI") == "true");
        }

        return provider;
    }
}
