using System.Globalization;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Crds;

namespace KubeFed.Kubefedctl.Install;

/// <summary>The definitions that a host needs, fitted to its server.</summary>
internal static class HostCrds
{
    /// <summary>The definitions for a server of a <c>gitVersion</c> such as <c>v1.29.3-gke.10</c>; a version that says nothing counts as the oldest.</summary>
    public static IReadOnlyList<KubeObject> For(string gitVersion) => CrdCatalog.Load(Parse(gitVersion));

    internal static System.Version Parse(string gitVersion)
    {
        var parts = gitVersion.TrimStart('v').Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new System.Version(major, minor)
            : new System.Version(1, 16);
    }
}
