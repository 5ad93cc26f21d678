using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>Reads FederatedTypeConfigs of the host.</summary>
internal static class TypeConfigs
{
    /// <summary>The config of that name with its defaults, or null.</summary>
    public static async Task<FederatedTypeConfig?> FindAsync(
        ClusterConnection host, string @namespace, string name, CancellationToken cancellationToken)
    {
        var found = await host.Client.FindAsync(
            FederationResources.FederatedTypeConfigs, new NamespacedName(@namespace, name), null, cancellationToken);
        return found?.Deserialize(FederationJsonContext.Default.FederatedTypeConfig).WithDefaults();
    }

    /// <summary>All configs with their defaults.</summary>
    public static async Task<IReadOnlyList<FederatedTypeConfig>> ListAsync(
        ClusterConnection host, string @namespace, CancellationToken cancellationToken)
    {
        var configs = new List<FederatedTypeConfig>();
        await foreach (var item in host.Client.ListAllAsync(
            FederationResources.FederatedTypeConfigs, @namespace, FederationJsonContext.Default.FederatedTypeConfig, null, cancellationToken))
        {
            configs.Add(item.WithDefaults());
        }

        return configs;
    }

    /// <summary>The name of the CRD behind a federated type: <c>plural.group</c>.</summary>
    public static string CrdName(ApiResource federatedType) => $"{federatedType.PluralName}.{federatedType.Group}";
}
