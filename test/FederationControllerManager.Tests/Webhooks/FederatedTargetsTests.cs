using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.Webhooks;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FederatedTargetsTests
{
    private static readonly GroupResource FederatedConfigMaps = new("types.kubefed.io", "federatedconfigmaps");

    private readonly FakeInformer _configs = new();
    private readonly FakeInformer _clusters = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly FederatedTargets _targets;

    public FederatedTargetsTests() => _targets = new FederatedTargets(_configs, _clusters);

    [TearDown]
    public void Dispose() => _stopping.Dispose();

    [Test]
    public void Find_BeforeAnythingIsKnown_KnowsNothing()
    {
        Assert.That(_targets.Find(FederatedConfigMaps), Is.Null);
        Assert.That(_targets.Clusters, Is.Null);
    }

    [Test]
    public async Task Run_ChangesOfTheHost_AreFollowed()
    {
        var running = _targets.RunAsync(_stopping.Token);
        Assert.That(_targets.Clusters, Is.Empty, "known to be none");

        _configs.Put(Config("ConfigMap"));
        _configs.Put(Object("FederatedTypeConfig", "broken", """{"targetType":7}"""));
        _clusters.Put(Object("KubeFedCluster", "c1", "{}"));
        Assert.That(_targets.Find(FederatedConfigMaps)!.Kind, Is.EqualTo(new GroupVersionKind("", "v1", "ConfigMap")));
        Assert.That(_targets.Clusters, Is.EquivalentTo(new[] { "c1" }));

        _configs.Remove(Config("ConfigMap"));
        Assert.That(_targets.Find(FederatedConfigMaps), Is.Null);

        await _stopping.CancelAsync();
        await Assert.ThatAsync(() => running, Throws.InstanceOf<OperationCanceledException>());
    }

    private static KubeObject Config(string kind) => Object(
        "FederatedTypeConfig",
        "configmaps",
        $$$"""{"targetType":{"version":"v1","kind":"{{{kind}}}","scope":"Namespaced"},"federatedType":{"group":"types.kubefed.io","version":"v1beta1","kind":"FederatedConfigMap","scope":"Namespaced"}}""");

    private static KubeObject Object(string kind, string name, string spec) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "core.kubefed.io/v1beta1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "fed" },
        ["spec"] = JsonNode.Parse(spec),
    });
}
