using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Webhooks;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

/// <summary>Deployments are enabled, and the cluster c1 is registered.</summary>
internal sealed class FakeTargets : IFederatedTargets
{
    public IReadOnlySet<string>? Clusters { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "c1" };

    public TargetDescription? Find(GroupResource federated) => federated == new GroupResource("types.kubefed.io", "federateddeployments")
        ? new TargetDescription(new GroupVersionKind("apps", "v1", "Deployment"), Namespaced: true)
        : null;
}
