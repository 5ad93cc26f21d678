using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>Refuses to enable a type over what other types use.</summary>
internal static class EnableConflicts
{
    /// <summary>A config of the same target must name the same federated type.</summary>
    /// <exception cref="UserException">It names another.</exception>
    public static void CheckSame(ClusterConnection host, FederatedTypeConfig? existing, FederatedTypeConfig wanted)
    {
        if (existing is null)
        {
            return;
        }

        var (was, now) = (existing.Spec.FederatedType, wanted.Spec.FederatedType);
        if (was.PluralName != now.PluralName || was.Version != now.Version || was.Group != now.Group)
        {
            throw new UserException(
                $"{host.Title}: FederatedTypeConfig \"{wanted.Metadata.Name}\" uses {was.PluralName}.{was.Group}/{was.Version}, not {now.PluralName}.{now.Group}/{now.Version}; pass --federated-group={was.Group} --federated-version={was.Version}, or disable the type first");
        }
    }

    /// <summary>No other config may use the same federated type.</summary>
    /// <exception cref="UserException">One does: as an equivalent API, or by chance of its name.</exception>
    public static void CheckOthers(ClusterConnection host, IReadOnlyList<FederatedTypeConfig> configs, FederatedTypeConfig wanted)
    {
        var target = GroupResourceOf(wanted.Spec.TargetType);
        foreach (var config in configs.Where(c => c.Metadata.Name != wanted.Metadata.Name))
        {
            if (EquivalentTypes.Are(target, GroupResourceOf(config.Spec.TargetType)))
            {
                throw new UserException(
                    $"{host.Title}: {config.Metadata.Name} is enabled already, and {wanted.Metadata.Name} is another name of the same objects: federate {config.Metadata.Name}");
            }

            if (TypeConfigs.CrdName(config.Spec.FederatedType) == TypeConfigs.CrdName(wanted.Spec.FederatedType))
            {
                throw new UserException(
                    $"{host.Title}: FederatedTypeConfig \"{config.Metadata.Name}\" uses {TypeConfigs.CrdName(config.Spec.FederatedType)} already; choose another group with --federated-group");
            }
        }
    }

    private static GroupResource GroupResourceOf(ApiResource type) => new(type.Group ?? "", type.PluralName);
}
