using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Tells a member's Secret on the host from other people's and other members'.</summary>
internal static class HostSecret
{
    /// <summary>Whether join made a Secret for a cluster: ours by its label, KubeFed's by its generated name.</summary>
    public static bool IsMadeByJoin(KubeObject secret, string cluster) =>
        JoinLabels.AreOn(secret) || secret.Metadata.GenerateName == GenerateName(cluster);

    /// <summary>How the names of generated Secrets of a cluster begin.</summary>
    public static string GenerateName(string cluster) => $"{cluster}-";

    /// <summary>The name of a Secret that a registration names; empty for none.</summary>
    public static string NameIn(KubeObject? registration) => registration?.GetString("spec", "secretRef", "name") ?? "";

    /// <summary>The name of a cluster other than the given that uses a Secret too, or null.</summary>
    public static async Task<string?> FindOtherUserAsync(
        ClusterConnection host, NamespacedName secret, string cluster, CancellationToken cancellationToken)
    {
        await foreach (var other in host.Client.ListAllAsync(KubeResources.KubeFedClusters, secret.Namespace, null, cancellationToken))
        {
            if (other.Metadata.Name != cluster && NameIn(other) == secret.Name)
            {
                return other.Metadata.Name;
            }
        }

        return null;
    }
}
