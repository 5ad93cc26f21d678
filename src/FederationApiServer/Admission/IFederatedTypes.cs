using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationApiServer.Admission;

/// <summary>Knows the types that are enabled for federation and the clusters that are registered, as of now.</summary>
internal interface IFederatedTypes
{
    /// <summary>The type whose federated objects are of a resource, or null.</summary>
    FederatedType? Find(GroupResource resource);

    /// <summary>The names of the registered clusters; null while they are not known.</summary>
    IReadOnlySet<string>? Clusters { get; }
}
