using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>A type enabled for federation. Its name is the target's plural, plus a dot and the group unless that is empty.</summary>
public sealed record FederatedTypeConfig
{
    /// <summary>Always <c>core.kubefed.io/v1beta1</c>.</summary>
    public string ApiVersion { get; init => field = value ?? FederationGroups.CoreV1Beta1; } = FederationGroups.CoreV1Beta1;

    /// <summary>Always <c>FederatedTypeConfig</c>.</summary>
    public string Kind { get; init => field = value ?? "FederatedTypeConfig"; } = "FederatedTypeConfig";

    /// <summary>Metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.Empty; } = ObjectMeta.Empty;

    /// <summary>What was asked for.</summary>
    public FederatedTypeConfigSpec Spec { get; init => field = value ?? FederatedTypeConfigSpec.Empty; } = FederatedTypeConfigSpec.Empty;

    /// <summary>What the controllers do about it; null before they saw it.</summary>
    public FederatedTypeConfigStatus? Status { get; init; }

    /// <summary>Whether the target is Namespace, whose federated type is namespaced although the target is not.</summary>
    public bool IsNamespace() => Metadata.Name == FederationNames.NamespacesTypeConfig;

    /// <summary>
    /// The config with what may be left out filled in: the target's plural and group from the object's name, other plurals
    /// from their kinds, the status type's group and version from the federated type.
    /// </summary>
    public FederatedTypeConfig WithDefaults()
    {
        var name = Metadata.Name;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var target = Spec.TargetType;
        var federated = Spec.FederatedType.WithPluralName();
        return this with
        {
            Spec = Spec with
            {
                TargetType = target with
                {
                    PluralName = target.PluralName.Length > 0 ? target.PluralName : dot < 0 ? name : name[..dot],
                    Group = !string.IsNullOrEmpty(target.Group) ? target.Group : dot < 0 ? null : name[(dot + 1)..],
                },
                FederatedType = federated,
                StatusType = Spec.StatusType is not { } status ? null : (status with
                {
                    Group = string.IsNullOrEmpty(status.Group) ? federated.Group : status.Group,
                    Version = status.Version.Length == 0 ? federated.Version : status.Version,
                }).WithPluralName(),
            },
        };
    }
}
