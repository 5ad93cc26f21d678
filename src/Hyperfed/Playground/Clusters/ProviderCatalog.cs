using KubeFed.Hyperfed.Playground.Clusters.Binaries;
using KubeFed.Hyperfed.Playground.Clusters.Embedded;
using KubeFed.Hyperfed.Playground.Clusters.Kind;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>The providers that there are.</summary>
internal static class ProviderCatalog
{
    private static readonly IClusterProvider[] All =
    [
        new EmbeddedProvider(),
        new BinariesProvider(ServerPrograms.Locate(Environment.GetEnvironmentVariable), TimeProvider.System),
        new KindProvider(new ExternalTool("kind"), new ExternalTool("docker"), TimeProvider.System),
    ];

    /// <summary>The one that is taken where none is named.</summary>
    public static IClusterProvider Usual => All[0];

    /// <summary>Their names, for a person.</summary>
    public static string Names => string.Join(", ", All.Select(static provider => provider.Name));

    /// <summary>The provider of a name, or null.</summary>
    public static IClusterProvider? Find(string name) => Array.Find(All, provider => provider.Name == name);
}
