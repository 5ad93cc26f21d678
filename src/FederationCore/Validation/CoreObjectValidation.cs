using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationCore.Validation;

/// <summary>The rules of clusters, type configs and the configuration that a schema cannot say, for whoever admits them.</summary>
public static class CoreObjectValidation
{
    /// <summary>
    /// Everything that is wrong with an object that is to be created or changed; empty when nothing is, and for other kinds. An update that
    /// leaves the spec as it is passes always, so that what was stored before stays removable.
    /// </summary>
    /// <param name="kind">The object's group and kind.</param>
    /// <param name="subresource">What is written: <c>status</c>, or empty for the object itself.</param>
    /// <param name="value">The object as it is to be.</param>
    /// <param name="old">The object as it is; null when it is to be created.</param>
    /// <exception cref="KubeObjectFormatException">The object has another shape than its kind.</exception>
    public static FieldErrorList Validate(GroupKind kind, string subresource, KubeObject value, KubeObject? old)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isStatus = subresource == "status";
        if (kind.Group != FederationGroups.Core || (!isStatus && old is not null && JsonNode.DeepEquals(value.GetNode("spec"), old.GetNode("spec"))))
        {
            return new FieldErrorList();
        }

        return kind.Kind switch
        {
            nameof(KubeFedCluster) when isStatus => KubeFedClusterValidator.ValidateStatus(Cluster(value)),
            nameof(KubeFedCluster) => KubeFedClusterValidator.Validate(Cluster(value)),
            nameof(FederatedTypeConfig) when isStatus => FederatedTypeConfigValidator.ValidateStatus(TypeConfig(value)),
            nameof(FederatedTypeConfig) => FederatedTypeConfigValidator.Validate(TypeConfig(value)),
            nameof(KubeFedConfig) when old is not null => KubeFedConfigValidator.ValidateUpdate(Config(value), Config(old)),
            nameof(KubeFedConfig) => KubeFedConfigValidator.Validate(Config(value)),
            _ => new FieldErrorList(),
        };
    }

    private static KubeFedCluster Cluster(KubeObject value) => value.Deserialize(FederationJsonContext.Default.KubeFedCluster);

    private static FederatedTypeConfig TypeConfig(KubeObject value) => value.Deserialize(FederationJsonContext.Default.FederatedTypeConfig);

    private static KubeFedConfig Config(KubeObject value)
    {
        var config = value.Deserialize(FederationJsonContext.Default.KubeFedConfig);
        return config with { Spec = config.Spec.WithDefaults() };
    }
}
