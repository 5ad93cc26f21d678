using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;

namespace KubeFed.e2e.Scenarios;

/// <summary>The life of an object of each of the ten types.</summary>
public sealed class LifecycleTests(string installation) : SharedFederationTest(installation)
{
    private static IEnumerable<string> Types => SharedFederation.Types;

    [TestCaseSource(nameof(Types))]
    public async Task Lifecycle_EveryStep_ClustersFollow(string typeName)
    {
        var type = await Federation.GetTypeAsync(typeName);
        var federated = new FederatedObjectDriver(Federation, type, await KeyAsync(type));
        await new LifecycleScenario(Federation, federated, LifecycleData.Load(typeName)).RunAsync();
    }

    private async Task<NamespacedName> KeyAsync(FederatedType type)
    {
        var name = Names.Unique("lifecycle");
        if (type.TargetResource == WellKnown.Namespaces)
        {
            await Federation.Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(name));
            return new NamespacedName(name, name);
        }

        return type.IsNamespaced
            ? new NamespacedName(await Federation.CreateNamespaceAsync(type.TargetResource.Resource), name)
            : NamespacedName.Cluster(name);
    }
}
