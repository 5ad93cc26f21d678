using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>What enabling a type writes.</summary>
/// <param name="Crd">The definition of the federated type; null where an API server makes the type of the type config alone.</param>
/// <param name="Config">The type config.</param>
/// <param name="ConfigObject">The type config as an object.</param>
internal sealed record FederatedTypeObjects(KubeObject? Crd, FederatedTypeConfig Config, KubeObject ConfigObject)
{
    /// <param name="type">The type to federate.</param>
    /// <param name="hasReplicas">Whether it has replicas; null for no definition at all.</param>
    /// <param name="options">What was asked for.</param>
    public static FederatedTypeObjects Make(KubeClient.Discovery.ApiResource type, bool? hasReplicas, EnableOptions options)
    {
        var target = new FederationTarget
        {
            Resource = new ApiResource
            {
                Group = type.Resource.Group.Length == 0 ? null : type.Resource.Group,
                Version = type.Resource.Version,
                Kind = type.Kind.Kind,
                PluralName = type.Resource.Resource,
                Scope = type.Scope == ResourceScope.Namespaced ? ResourceScopes.Namespaced : ResourceScopes.Cluster,
            },
            ShortNames = type.ShortNames,
            HasReplicas = hasReplicas ?? false,
            FederatedGroup = options.FederatedGroup,
            FederatedVersion = options.FederatedVersion,
        };
        var config = FederatedTypeFactory.CreateTypeConfig(target, options.Namespace);
        return new FederatedTypeObjects(
            hasReplicas is null ? null : FederatedTypeFactory.CreateDefinition(target),
            config,
            KubeObject.From(config, FederationJsonContext.Default.FederatedTypeConfig));
    }
}
