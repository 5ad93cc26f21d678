using KubeFed.Hyperfed.Playground;

namespace KubeFed.Hyperfed.Tests.Playground;

public sealed class FleetTests
{
    private static readonly MemberState Member = new()
    {
        Name = "cluster1",
        Region = "eu-west",
        IsReady = true,
        Nodes = 1,
        Pods = 2,
        RunningPods = 2,
        Replicas = 2,
        ReadyReplicas = 2,
    };

    private static readonly ObjectState Web = new()
    {
        Kind = "FederatedDeployment",
        Name = "web",
        IsPropagated = true,
        Clusters = new Dictionary<string, string>(),
    };

    [Test]
    public void IsSettled_AllInOrder_IsTrue() => Assert.That(new Fleet([Member], [Web]).IsSettled, Is.True);

    [Test]
    public void Awaited_EachThingMissing_IsNamed()
    {
        var fleet = new Fleet([Member with { IsReady = false, ReadyReplicas = 1 }], [Web with { IsPropagated = false }]);

        Assert.That(fleet.IsSettled, Is.False);
        Assert.That(
            fleet.Awaited,
            Is.EqualTo("cluster1 is not ready, FederatedDeployment web is not propagated, cluster1 runs 1 of 2 replicas"));
    }

    [Test]
    public void IsSettled_NoCopyYet_IsFalse() => Assert.That(new Fleet([Member with { Replicas = null, ReadyReplicas = 0 }], [Web]).IsSettled, Is.False);
}
