using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>Knows the types that are enabled for federation and the clusters that are registered, as of now.</summary>
internal interface IFederatedTargets
{
    /// <summary>The names of the registered clusters; null while they are not known.</summary>
    IReadOnlySet<string>? Clusters { get; }

    /// <summary>What the objects of a federated type become in the members; null where no type config names it.</summary>
    TargetDescription? Find(GroupResource federated);
}
