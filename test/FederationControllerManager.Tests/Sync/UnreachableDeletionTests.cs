using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Tests.Sync;

/// <summary>Deletions that meet a member which cannot be reached.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class UnreachableDeletionTests
{
    private static readonly TimeSpan PastTimeout = TimeSpan.FromMinutes(61);

    [Test]
    public async Task Deletion_ClusterDownForLong_IsReleasedAndDoneWhenItIsBack()
    {
        await using var federation = await DeletedWhileDown();
        Assert.That(Removals(federation), Is.EqualTo(new[] { "c2 configmaps ns/a" }));

        federation.SetDown("c2", down: false);
        await federation.Until(() => federation.Copy("c2", "a") is null, "the copy is removed");
        await federation.Until(() => Removals(federation).Length == 0, "nothing is remembered any more");
    }

    [Test]
    public async Task Deletion_ClusterDownForAMoment_IsWaitedFor()
    {
        await using var federation = await InOrder();
        federation.SetDown("c2", down: true);
        federation.Delete("a");
        await federation.Until(() => federation.Copy("c1", "a") is null, "the reachable copy is removed");
        await federation.Until(
            () => federation.Events.Reasons("a").Contains(EventReasons.DeleteInCluster + EventReasons.FailedSuffix), "an event tells what is waited for");
        Assert.That(federation.Federated("a"), Is.Not.Null);

        federation.SetDown("c2", down: false);
        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
        Assert.Multiple(() =>
        {
            Assert.That(federation.Copy("c2", "a"), Is.Null);
            Assert.That(federation.Host.Writes, Has.None.Contains("pendingremovals"));
        });
    }

    [Test]
    public async Task Deletion_ClusterThatNeverHeldIt_IsNotWaitedFor()
    {
        await using var federation = await InOrder("""{"template":{"data":{"k":"v"}},"placement":{"clusters":[{"name":"c1"}]}}""");
        federation.SetDown("c2", down: true);
        federation.Delete("a");

        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
    }

    [Test]
    public async Task Restart_BeforeTheClusterIsBack_RemovalIsStillDone()
    {
        await using var federation = await DeletedWhileDown();
        await federation.StopAsync();
        federation.Members["c2"].Faults.IsDown = false;

        await federation.StartAsync();
        await federation.Until(() => federation.Copy("c2", "a") is null, "the copy is removed");
        await federation.Until(() => Removals(federation).Length == 0, "nothing is remembered any more");
    }

    [Test]
    public async Task Restart_BeforeTheDeletion_UidIsKnownFromTheRecords()
    {
        await using var federation = await InOrder();
        await federation.Settle();
        await federation.StopAsync();
        federation.Members["c2"].Faults.IsDown = true;
        await federation.StartAsync();
        await DeleteAndForgetAsync(federation);

        var removal = federation.Host.PeekAll(FederationResources.PendingRemovals).Single();
        Assert.That(removal.GetString("spec", "objectUid"), Is.EqualTo(federation.Copy("c2", "a")!.Metadata.Uid));
    }

    [Test]
    public async Task Return_ObjectCreatedAnewInTheCluster_IsNotRemoved()
    {
        await using var federation = await DeletedWhileDown();
        var anew = federation.Copy("c2", "a")!.ToNode();
        federation.Members["c2"].Remove(Federation.ConfigMaps.Target, federation.Key("a"));
        federation.Members["c2"].Put(Federation.ConfigMaps.Target, anew);

        federation.SetDown("c2", down: false);
        await federation.Until(() => Removals(federation).Length == 0, "nothing is remembered any more");
        Assert.That(federation.Copy("c2", "a"), Is.Not.Null, "an object of another UID is not the one that was remembered");
    }

    [Test]
    public async Task Return_FederatedObjectCreatedAnew_CopyIsItsOwn()
    {
        await using var federation = await DeletedWhileDown();
        federation.Write("a", """{"template":{"data":{"k":"new"}}}""");
        await federation.Until(() => federation.StatusIn("c1", "a") == "", "c1 has the new one");

        federation.SetDown("c2", down: false);
        await federation.UntilInOrder("a");
        await federation.Until(() => Removals(federation).Length == 0, "nothing is remembered any more");
        Assert.Multiple(() =>
        {
            Assert.That(federation.Copy("c2", "a")!.GetString("data", "k"), Is.EqualTo("new"));
            Assert.That(federation.Members["c2"].Writes, Has.None.StartsWith("delete"));
        });
    }

    [Test]
    public async Task Return_FederatedObjectCreatedAnewElsewhere_OldCopyGoes()
    {
        await using var federation = await DeletedWhileDown();
        federation.Write("a", """{"template":{"data":{"k":"new"}},"placement":{"clusters":[{"name":"c1"}]}}""");
        await federation.UntilInOrder("a");

        federation.SetDown("c2", down: false);
        await federation.Until(() => federation.Copy("c2", "a") is null, "the copy is removed");
        await federation.Until(() => Removals(federation).Length == 0, "nothing is remembered any more");
        Assert.That(federation.Copy("c1", "a"), Is.Not.Null);
    }

    [Test]
    public async Task Return_RemovalDeletedByHand_CopyStaysWithoutLabel()
    {
        await using var federation = await DeletedWhileDown();
        federation.Host.Remove(FederationResources.PendingRemovals, federation.Host.PeekAll(FederationResources.PendingRemovals).Single().Key);

        federation.SetDown("c2", down: false);
        await federation.Until(
            () => federation.Copy("c2", "a")?.Metadata.Labels.ContainsKey(FederationLabels.Managed) == false, "the copy belongs to nobody");
    }

    [Test]
    public async Task Deletion_OrphaningAndClusterDown_CopyLosesItsLabelLater()
    {
        await using var federation = await InOrder();
        federation.Host.Change(Federation.ConfigMaps.Federated, federation.Key("a"), """{"metadata":{"annotations":{"kubefed.io/orphan":"true"}}}""");
        federation.SetDown("c2", down: true);
        await DeleteAndForgetAsync(federation);
        Assert.That(Removals(federation), Is.Empty);

        federation.SetDown("c2", down: false);
        await federation.Until(
            () => federation.Copy("c2", "a")?.Metadata.Labels.ContainsKey(FederationLabels.Managed) == false, "the copy belongs to nobody");
    }

    [Test]
    public async Task Deletion_WithDeleteOptions_AreRemembered()
    {
        await using var federation = await InOrder();
        federation.Host.Change(
            Federation.ConfigMaps.Federated,
            federation.Key("a"),
            """{"metadata":{"annotations":{"kubefed.io/deleteoption":"{\"propagationPolicy\":\"Orphan\",\"gracePeriodSeconds\":7}"}}}""");
        federation.SetDown("c2", down: true);
        await DeleteAndForgetAsync(federation);

        var removal = federation.Host.PeekAll(FederationResources.PendingRemovals).Single();
        Assert.Multiple(() =>
        {
            Assert.That(removal.GetString("spec", "propagationPolicy"), Is.EqualTo("Orphan"));
            Assert.That(removal.GetNode("spec", "gracePeriodSeconds")?.GetValue<long>(), Is.EqualTo(7));
        });
    }

    private static async Task<Federation> InOrder(string spec = """{"template":{"data":{"k":"v"}}}""")
    {
        var federation = new Federation(Federation.ConfigMaps, "c1", "c2");
        await federation.StartAsync();
        federation.Write("a", spec);
        await federation.UntilInOrder("a");
        return federation;
    }

    private static async Task<Federation> DeletedWhileDown()
    {
        var federation = await InOrder();
        federation.SetDown("c2", down: true);
        await DeleteAndForgetAsync(federation);
        return federation;
    }

    private static async Task DeleteAndForgetAsync(Federation federation)
    {
        federation.Delete("a");
        await federation.Until(() => federation.Copy("c1", "a")?.Metadata.Labels.ContainsKey(FederationLabels.Managed) != true, "c1 is done");
        federation.Clock.Advance(PastTimeout);
        await federation.Until(() => federation.Federated("a") is null, "the federated object is let go");
    }

    private static string[] Removals(Federation federation) =>
    [
        .. federation.Host.PeekAll(FederationResources.PendingRemovals).Select(static r =>
            $"{r.GetString("spec", "clusterName")} {r.GetString("spec", "typeName")} {r.GetString("spec", "objectNamespace")}/{r.GetString("spec", "objectName")}"),
    ];
}
