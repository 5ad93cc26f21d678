using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Tests.Sync;

/// <summary>The members' status in the federated object's.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class StatusCollectionTests
{
    private const string Everywhere = """{"template":{"spec":{"k":"v"}}}""";

    [Test]
    public async Task Status_ChangesInAMember_IsInTheFederatedObject()
    {
        await using var federation = await Start(collects: true);
        federation.Write("a", Everywhere);
        await federation.Until(() => federation.StatusIn("c1", "a") == "" && federation.StatusIn("c2", "a") == "", "both have it");
        SetStatus(federation, "c1", 1);
        SetStatus(federation, "c2", 1);
        await federation.Until(() => Remote(federation, "c1") == 1 && Remote(federation, "c2") == 1, "both are collected");

        SetStatus(federation, "c1", 2);
        await federation.Until(() => Remote(federation, "c1") == 2, "the change is collected");
        Assert.Multiple(() =>
        {
            Assert.That(Remote(federation, "c2"), Is.EqualTo(1));
            Assert.That(federation.Members["c1"].WritesTo("ns/a"), Has.Length.EqualTo(1), "collecting writes nothing to members");
        });
    }

    [Test]
    public async Task Status_OneClusterHasNone_ClustersAreToBeChecked()
    {
        await using var federation = await Start(collects: true);
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        SetStatus(federation, "c1", 1);

        await federation.Until(() => federation.StatusOf("a").FindPropagation()?.Reason == "CheckClusters", "c2 has no status yet");
        SetStatus(federation, "c2", 1);
        await federation.UntilInOrder("a");
    }

    [Test]
    public async Task Status_NotCollected_IsNotInTheFederatedObject()
    {
        await using var federation = await Start(collects: false);
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        SetStatus(federation, "c1", 1);

        await federation.Settle();
        Assert.That(Remote(federation, "c1"), Is.Null);
    }

    [Test]
    public async Task ServiceStatus_OlderWay_IsKeptBesideTheObjectAndNotWrittenAgain()
    {
        var resource = new GroupVersionResource("core.kubefed.io", "v1alpha1", "federatedservicestatuses");
        await using var federation = new Federation(
            Federation.Deployments with { StatusObject = (resource, new GroupVersionKind("core.kubefed.io", "v1alpha1", "FederatedServiceStatus")) }, "c1", "c2");
        await federation.StartAsync();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        SetStatus(federation, "c2", 1);

        await federation.Until(
            () => federation.Host.Peek(resource, federation.Key("a"))?.GetNode("clusterStatus")?.ToJsonString()
                == """[{"clusterName":"c1","status":{}},{"clusterName":"c2","status":{"readyReplicas":1}}]""",
            "the status of both is told",
            () => $"{federation.Host.Peek(resource, federation.Key("a"))?.GetNode("clusterStatus")}");
        Assert.That(Remote(federation, "c2"), Is.Null, "not in the object's own status");

        await federation.StopAsync();
        var writes = federation.Host.Writes.Count(static w => w.Contains("federatedservicestatuses", StringComparison.Ordinal));
        await federation.StartAsync();
        await federation.Settle();
        Assert.That(
            federation.Host.Writes.Count(static w => w.Contains("federatedservicestatuses ns/a", StringComparison.Ordinal)), Is.EqualTo(writes), "after a restart");
    }

    private static async Task<Federation> Start(bool collects)
    {
        var federation = new Federation(Federation.Deployments with { CollectsStatus = collects }, "c1", "c2");
        await federation.StartAsync();
        return federation;
    }

    private static void SetStatus(Federation federation, string cluster, int ready) => federation.Members[cluster].Change(
        federation.Type.Target, federation.Key("a"), new JsonObject { ["status"] = new JsonObject { ["readyReplicas"] = ready } }.ToJsonString());

    private static int? Remote(Federation federation, string cluster) =>
        federation.StatusOf("a").Clusters.FirstOrDefault(c => c.Name == cluster)?.RemoteStatus?.GetProperty("readyReplicas").GetInt32();
}
