using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>An enabled type: what is propagated, and by which federated type it is written.</summary>
/// <param name="Name">The name of the type config.</param>
/// <param name="Target">The type in the members.</param>
/// <param name="TargetKind">Its kind.</param>
/// <param name="IsTargetNamespaced">Whether its objects live in namespaces.</param>
/// <param name="Federated">The federated type on the host.</param>
/// <param name="FederatedKind">Its kind.</param>
/// <param name="CollectsStatus">Whether the members' status of an object is put into its own.</param>
internal sealed record FederatedType(
    string Name,
    GroupVersionResource Target,
    GroupVersionKind TargetKind,
    bool IsTargetNamespaced,
    GroupVersionResource Federated,
    GroupVersionKind FederatedKind,
    bool CollectsStatus = false)
{
    /// <summary>The only type that KubeFed has a status type for.</summary>
    private const string Services = "services";

    /// <summary>Where the members' status of an object is put beside it, in KubeFed's older way; null for nowhere.</summary>
    public (GroupVersionResource Resource, GroupVersionKind Kind)? StatusObject { get; init; }

    /// <summary>Whether anybody wants the members' status of an object.</summary>
    public bool KeepsStatus => CollectsStatus || StatusObject is not null;

    /// <summary>What the objects in the members are.</summary>
    public TargetDescription Description { get; } = new(TargetKind, IsTargetNamespaced);

    /// <summary>Whether namespaces themselves are propagated: the federated object lives in the namespace it stands for.</summary>
    public bool IsNamespace => Target is { Group: "", Resource: "namespaces" };

    /// <summary>The type of a config, with what the config leaves out filled in.</summary>
    /// <param name="config">The config.</param>
    /// <param name="collectsRawStatus">Whether the control plane collects status of types that ask for it.</param>
    public static FederatedType Of(FederatedTypeConfig config, bool collectsRawStatus = false)
    {
        var spec = config.WithDefaults().Spec;
        return new FederatedType(
            config.Metadata.Name,
            spec.TargetType.ToGroupVersionResource(),
            spec.TargetType.ToGroupVersionKind(),
            spec.TargetType.IsNamespaced(),
            spec.FederatedType.ToGroupVersionResource(),
            spec.FederatedType.ToGroupVersionKind(),
            collectsRawStatus && spec.IsStatusCollectionEnabled())
        {
            StatusObject = !collectsRawStatus && config.Metadata.Name == Services && spec is { StatusType: { } status } && spec.IsStatusCollectionEnabled()
                ? (status.ToGroupVersionResource(), status.ToGroupVersionKind())
                : null,
        };
    }

    /// <summary>The member's object of a federated object.</summary>
    public NamespacedName TargetOf(NamespacedName federated) => IsTargetNamespaced ? federated : NamespacedName.Cluster(federated.Name);

    /// <summary>The federated object of a member's object.</summary>
    public NamespacedName FederatedOf(NamespacedName target) => IsNamespace ? new NamespacedName(target.Name, target.Name) : target;
}
