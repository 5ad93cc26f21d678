using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.Clusters.Kind;

namespace KubeFed.TestSupport.Clusters;

/// <summary>What the test bed holds besides clusters' programs: other kubectls, Helm, client libraries.</summary>
public static class TestBed
{
    /// <summary>The test bed's kubectl, else the first on <c>PATH</c>; null where there is none.</summary>
    public static string? FindKubectl() => AssetsFolder.FromEnvironment.Kubectl is var own && File.Exists(own) ? own : KindClusterProvider.FindOnPath("kubectl");

    /// <summary>
    /// The absolute path of a file or folder of the test bed. Where it is not there, the calling test is skipped; it fails instead if the
    /// environment says <c>CI=true</c>.
    /// </summary>
    /// <param name="name">Its name, such as <c>kubectl-1.20</c>, <c>helm</c>, <c>python</c> or <c>node</c>.</param>
    public static string Require(string name)
    {
        var path = Path.Combine(AssetsFolder.FromEnvironment.Path, name);
        if (!Path.Exists(path))
        {
            ClusterProviders.Reject($"the test bed has no {path}; run ./build.sh testbed", Environment.GetEnvironmentVariable("CI") == "true");
        }

        return path;
    }

    /// <summary>What a part of the test bed was made of, versions included; null where the programs did not come from there.</summary>
    /// <param name="part">The part's name, such as <c>kubernetes</c> or <c>kubectl-1.20</c>.</param>
    public static string? Recipe(string part)
    {
        var stamp = Path.Combine(AssetsFolder.FromEnvironment.Path, $".{part}");
        return File.Exists(stamp) ? File.ReadAllText(stamp).Trim() : null;
    }
}
