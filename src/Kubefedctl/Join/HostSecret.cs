using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Tells a member's Secret on the host from other people's.</summary>
internal static class HostSecret
{
    /// <summary>Whether join made a Secret for a cluster: ours by its label, KubeFed's by its generated name.</summary>
    public static bool IsMadeByJoin(KubeObject secret, string cluster) =>
        JoinLabels.AreOn(secret) || secret.Metadata.GenerateName == GenerateName(cluster);

    /// <summary>How the names of generated Secrets of a cluster begin.</summary>
    public static string GenerateName(string cluster) => $"{cluster}-";
}
