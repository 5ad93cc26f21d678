namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Scopes as text: of a resource, and of the control plane itself.</summary>
public static class ResourceScopes
{
    /// <summary>A resource outside namespaces; a control plane for whole clusters.</summary>
    public const string Cluster = "Cluster";

    /// <summary>A resource in namespaces; a control plane for its own namespace only.</summary>
    public const string Namespaced = "Namespaced";
}
