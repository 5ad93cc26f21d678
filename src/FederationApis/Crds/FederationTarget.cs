using KubeFed.FederationApis.Core.V1Beta1;

namespace KubeFed.FederationApis.Crds;

/// <summary>What is known of a type that is to be federated.</summary>
public sealed record FederationTarget
{
    /// <summary>Group, version, kind, plural and scope, as discovery tells them.</summary>
    public required ApiResource Resource { get; init; }

    /// <summary>The target's short names; the federated type gets each with an <c>f</c> before it.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Whether the target has an integer <c>spec.replicas</c>: <see cref="FederatedTypeFactory.HasReplicas"/>.</summary>
    public bool HasReplicas { get; init; }

    /// <summary>Group of the federated type.</summary>
    /// <value>Default <c>types.kubefed.io</c>; must have a dot.</value>
    public string FederatedGroup { get; init; } = FederationGroups.Types;

    /// <summary>Version of the federated type.</summary>
    /// <value>Default <c>v1beta1</c>.</value>
    public string FederatedVersion { get; init; } = "v1beta1";

    /// <summary>The federated type. Namespaced like the target, and for Namespace, whose federated objects live in their namespace.</summary>
    public ApiResource FederatedResource => new()
    {
        Group = FederatedGroup,
        Version = FederatedVersion,
        Kind = KindNames.FederatedKind(Resource.Kind),
        PluralName = KindNames.FederatedPlural(Resource.PluralName),
        Scope = IsNamespace ? ResourceScopes.Namespaced : Resource.Scope,
    };

    private bool IsNamespace => Resource.Kind == "Namespace" && string.IsNullOrEmpty(Resource.Group);
}
