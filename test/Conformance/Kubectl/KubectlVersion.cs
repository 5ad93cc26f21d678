using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Kubectl;

/// <summary>One of the kubectls that the sessions are played with.</summary>
/// <param name="Version">Major and minor version.</param>
/// <param name="File">The program's name in the test bed.</param>
/// <param name="Part">The part of the test bed that it belongs to.</param>
internal sealed record KubectlVersion(Version Version, string File, string Part)
{
    public static IReadOnlyList<KubectlVersion> All { get; } =
    [
        new(new Version(1, 20), "kubectl-1.20", "kubectl-1.20"),
        new(new Version(1, 32), "kubectl-1.32", "kubectl-1.32"),
        new(new Version(1, 35), "kubectl", "clients"),
    ];

    /// <summary>A word of the same length for each version, valid in names of objects.</summary>
    public string Tag => $"v{Version.Major}{Version.Minor}";

    /// <summary>The program; the test is skipped where the test bed lacks it.</summary>
    public string Path => TestBed.Require(File);

    public override string ToString() => $"kubectl {Version}";
}
