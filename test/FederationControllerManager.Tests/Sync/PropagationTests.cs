using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Sync;

/// <summary>What becomes of a federated object while nothing breaks.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PropagationTests
{
    private const string Everywhere = """{"template":{"data":{"k":"v"}}}""";

    [Test]
    public async Task Create_EveryCluster_GetsOneWriteAndIsInOrder()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1", "c2");
        await federation.StartAsync();
        federation.Write("a", Everywhere);

        await federation.UntilInOrder("a");
        await federation.Settle();
        Assert.Multiple(() =>
        {
            Assert.That(federation.Copy("c1", "a")!.GetString("data", "k"), Is.EqualTo("v"));
            Assert.That(federation.Members["c1"].WritesTo("ns/a"), Is.EqualTo(new[] { "apply configmaps ns/a" }));
            Assert.That(federation.Members["c2"].WritesTo("ns/a"), Is.EqualTo(new[] { "apply configmaps ns/a" }));
            Assert.That(federation.StatusOf("a").Clusters.Select(static c => c.Name), Is.EqualTo(new[] { "c1", "c2" }));
            Assert.That(federation.Federated("a")!.Metadata.Finalizers, Does.Contain(FederationFinalizers.SyncController));
            Assert.That(federation.Events.Reasons("a"), Is.EqualTo(new[] { EventReasons.CreateInCluster }));
            Assert.That(federation.Events.Components, Is.EqualTo(new[] { "federatedconfigmap-controller" }));
        });
    }

    [Test]
    public async Task Update_FieldDropped_GoesFromTheCopies()
    {
        await using var federation = await InOrder("""{"template":{"data":{"k":"v","old":"x"}}}""");
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");

        await federation.Until(() => federation.Copy("c1", "a")!.GetString("data", "k") == "w", "the change is in c1");
        Assert.That(federation.Copy("c1", "a")!.GetNode("data", "old"), Is.Null);
    }

    [Test]
    public async Task Update_OverrideOfOneCluster_IsWrittenToThatClusterOnly()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Write("a", """{"template":{"data":{"k":"v"}},"overrides":[{"clusterName":"c2","clusterOverrides":[{"path":"/data/k","value":"w"}]}]}""");

        await federation.Until(() => federation.Copy("c2", "a")!.GetString("data", "k") == "w", "the override is in c2");
        await federation.UntilInOrder("a");
        Assert.That(federation.Members["c1"].WritesTo("ns/a"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Update_BrokenOverrideOfOneCluster_IsThatClustersErrorOnly()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Write("a", """{"template":{"data":{"k":"w"}},"overrides":[{"clusterName":"c2","clusterOverrides":[{"op":"remove","path":"/data/none"}]}]}""");

        await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.ApplyOverridesFailed, "c2 reports it");
        await federation.Until(() => federation.Copy("c1", "a")!.GetString("data", "k") == "w", "c1 has the change");
        Assert.That(federation.Copy("c2", "a")!.GetString("data", "k"), Is.EqualTo("v"), "the copy is not touched");
    }

    [Test]
    public async Task Placement_ClusterDropped_CopyGoes()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Write("a", """{"template":{"data":{"k":"v"}},"placement":{"clusters":[{"name":"c1"}]}}""");

        await federation.Until(() => federation.Copy("c2", "a") is null, "the copy in c2 is gone");
        await federation.Until(() => federation.StatusIn("c2", "a") == "no entry", "c2 is not in the status");
        Assert.That(federation.Copy("c1", "a"), Is.Not.Null);
    }

    [Test]
    public async Task Placement_UnlabelledObjectInAClusterNotSelected_IsNeverTouched()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1", "c2");
        federation.Members["c2"].Put(Federation.ConfigMaps.Target, Foreign("a"));
        await federation.StartAsync();
        federation.Write("a", """{"template":{"data":{"k":"v"}},"placement":{"clusters":[{"name":"c1"}]}}""");

        await federation.UntilInOrder("a");
        await federation.Settle();
        federation.Delete("a");
        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
        Assert.That(federation.Members["c2"].WritesTo("ns/a"), Is.Empty);
    }

    [Test]
    public async Task Namespace_NotFederated_CopiesGoAndTheStatusSaysWhy()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Host.Remove(FederatedTypes.FederatedNamespaces, new NamespacedName("ns", "ns"));

        await federation.Until(() => federation.Copy("c1", "a") is null && federation.Copy("c2", "a") is null, "the copies are gone");
        await federation.Until(
            () => federation.StatusOf("a").FindPropagation()?.Reason == PropagationReasons.NamespaceNotFederated, "the condition says why");
    }

    [Test]
    public async Task Drift_CopyChangedOrDeleted_IsPutInOrder()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Members["c1"].Change(Federation.ConfigMaps.Target, federation.Key("a"), """{"data":{"k":"mine"}}""");
        federation.Members["c2"].Remove(Federation.ConfigMaps.Target, federation.Key("a"));

        await federation.Until(() => federation.Copy("c1", "a")!.GetString("data", "k") == "v", "the change is undone");
        await federation.Until(() => federation.Copy("c2", "a") is not null, "the copy is made anew");
    }

    [Test]
    public async Task OptOut_LabelFalse_CopyIsLeftAlone()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Members["c1"].Change(
            Federation.ConfigMaps.Target, federation.Key("a"), """{"metadata":{"labels":{"kubefed.io/managed":"false"}},"data":{"k":"mine"}}""");
        await federation.Until(() => federation.StatusIn("c1", "a") == PropagationStatus.ManagedLabelFalse, "c1 reports it");
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");

        await federation.Until(() => federation.Copy("c2", "a")!.GetString("data", "k") == "w", "the change is in c2");
        Assert.That(federation.Copy("c1", "a")!.GetString("data", "k"), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Adoption_Disabled_ExistingObjectIsLeftAlone()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1", "c2");
        federation.Settings = federation.Settings with { AdoptResources = false };
        federation.Members["c2"].Put(Federation.ConfigMaps.Target, Foreign("a"));
        await federation.StartAsync();
        federation.Write("a", Everywhere);

        await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.AlreadyExists, "c2 reports it");
        Assert.Multiple(() =>
        {
            Assert.That(federation.Copy("c2", "a")!.GetString("data", "k"), Is.EqualTo("theirs"));
            Assert.That(federation.StatusIn("c1", "a"), Is.Empty);
        });
    }

    [Test]
    public async Task Adoption_DisabledAndOwnershipRefusedOnce_IsTakenByTheNextApply()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1");
        federation.Settings = federation.Settings with { AdoptResources = false };
        var c1 = federation.Members["c1"];
        c1.Faults.RefuseWith((verb, _) => verb == "patch" && c1.Faults.Refusals == 0 ? FakeErrors.Internal() : null);
        await federation.StartAsync();
        federation.Write("a", """{"template":{"data":{"k":"v","old":"x"}}}""");

        await federation.UntilInOrder("a");
        var operations = federation.Copy("c1", "a")!.ReadManagedFields().Where(static f => f.Manager == "kubefed").Select(static f => f.Operation);
        Assert.Multiple(() =>
        {
            Assert.That(c1.Faults.Refusals, Is.EqualTo(1));
            Assert.That(operations, Has.All.EqualTo("Apply"), "nothing is left under an entry that applies cannot shrink");
        });
    }

    [Test]
    public async Task Deletion_Orphaning_CopiesStayWithoutLabel()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Host.Change(Federation.ConfigMaps.Federated, federation.Key("a"), """{"metadata":{"annotations":{"kubefed.io/orphan":"true"}}}""");
        federation.Delete("a");

        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
        Assert.That(federation.Copy("c1", "a")!.Metadata.Labels.ContainsKey(FederationLabels.Managed), Is.False);
    }

    [Test]
    public async Task Deletion_CopyHeldByAFinalizerInAMember_IsWaitedFor()
    {
        await using var federation = await InOrder(Everywhere);
        federation.Members["c1"].Change(Federation.ConfigMaps.Target, federation.Key("a"), """{"metadata":{"finalizers":["example.dev/hold"]}}""");
        federation.Delete("a");

        await federation.Until(() => federation.Copy("c2", "a") is null && federation.Copy("c1", "a")!.Metadata.IsDeleting, "both are being deleted");
        federation.Clock.Advance(TimeSpan.FromHours(2));
        await federation.Settle();
        Assert.That(federation.Federated("a"), Is.Not.Null, "a cluster that answers is waited for however long");

        federation.Members["c1"].Change(Federation.ConfigMaps.Target, federation.Key("a"), """{"metadata":{"finalizers":null}}""");
        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
    }

    [Test]
    public async Task Stray_LabelledObjectOfNobody_LosesTheLabel()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1");
        var stray = Foreign("stray");
        stray["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { [FederationLabels.Managed] = "true" };
        federation.Members["c1"].Put(Federation.ConfigMaps.Target, stray);
        await federation.StartAsync();

        await federation.Until(
            () => !federation.Copy("c1", "stray")!.Metadata.Labels.ContainsKey(FederationLabels.Managed), "the label is gone");
        Assert.That(federation.Copy("c1", "stray")!.GetString("data", "k"), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task Restart_AllInOrder_WritesNothing()
    {
        await using var federation = await InOrder(Everywhere);
        await federation.Settle();
        await federation.StopAsync();
        var writes = federation.Members["c1"].WritesTo("ns/a").Length;
        var host = federation.Host.WritesTo("ns/a").Length;

        await federation.StartAsync();
        await federation.Settle();
        Assert.Multiple(() =>
        {
            Assert.That(federation.Members["c1"].WritesTo("ns/a"), Has.Length.EqualTo(writes));
            Assert.That(federation.Host.WritesTo("ns/a"), Has.Length.EqualTo(host));
        });
    }

    [Test]
    public async Task Restart_CopyMadeAnewByOthersMeanwhile_IsPutInOrder()
    {
        await using var federation = await InOrder("""{"template":{"spec":{"k":"v"}}}""", Federation.Deployments);
        await federation.Settle();
        await federation.StopAsync();
        var anew = federation.Copy("c1", "a")!.Change().With("theirs", "spec", "k").Build().ToNode();
        federation.Members["c1"].Remove(Federation.Deployments.Target, federation.Key("a"));
        federation.Members["c1"].Put(Federation.Deployments.Target, anew);

        await federation.StartAsync();
        await federation.Until(() => federation.Copy("c1", "a")!.GetString("spec", "k") == "v", "an equal generation of another object is not in order");
    }

    private static async Task<Federation> InOrder(string spec, KubeFed.FederationControllerManager.Sync.FederatedType? type = null)
    {
        var federation = new Federation(type ?? Federation.ConfigMaps, "c1", "c2");
        await federation.StartAsync();
        federation.Write("a", spec);
        await federation.UntilInOrder("a");
        return federation;
    }

    private static System.Text.Json.Nodes.JsonObject Foreign(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = name, ["namespace"] = "ns" },
        ["data"] = new System.Text.Json.Nodes.JsonObject { ["k"] = "theirs" },
    };
}
