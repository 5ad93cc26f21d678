using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Whether a federation spans its clusters or one namespace of each.</summary>
internal static class FederationScope
{
    /// <summary>The name of the one KubeFedConfig.</summary>
    public const string ConfigName = "kubefed";

    /// <summary>Reads the scope from the host's KubeFedConfig: true for one namespace.</summary>
    /// <exception cref="UserException">There is no KubeFedConfig, or it has no scope.</exception>
    public static async Task<bool> IsNamespacedAsync(ClusterConnection host, string @namespace, CancellationToken cancellationToken)
    {
        var config = await host.Client.FindAsync(KubeResources.KubeFedConfigs, new NamespacedName(@namespace, ConfigName), null, cancellationToken)
            ?? throw new UserException(
                $"{host.Title} has no KubeFedConfig \"{@namespace}/{ConfigName}\": run \"kubefedctl install\" there first, or name the right namespace with --kubefed-namespace");

        return config.GetString("spec", "scope") switch
        {
            "Namespaced" => true,
            "Cluster" => false,
            var other => throw new UserException(
                $"{host.Title}: KubeFedConfig \"{@namespace}/{ConfigName}\" has the scope \"{other}\": set spec.scope to Cluster or Namespaced"),
        };
    }
}
