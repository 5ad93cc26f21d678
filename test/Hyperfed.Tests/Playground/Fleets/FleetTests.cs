using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Tests.Playground.Fleets;

[Parallelizable(ParallelScope.All)]
public sealed class FleetTests
{
    [Test]
    public void IsSettled_AllInOrder_IsTrue() => Assert.That(SampleFleets.Settled.IsSettled, Is.True);

    [Test]
    public void Awaited_EachThingMissing_IsNamed()
    {
        var fleet = new Fleet(
            [SampleFleets.Member with { IsReady = false, ReadyReplicas = 1 }],
            [SampleFleets.Web with { IsPropagated = false }]);

        Assert.That(fleet.IsSettled, Is.False);
        Assert.That(
            fleet.Awaited,
            Is.EqualTo("cluster1 is not ready, FederatedDeployment web is not propagated, cluster1 runs 1 of 2 replicas"));
    }

    [Test]
    public void IsSettled_NoCopyYet_IsFalse() =>
        Assert.That(new Fleet([SampleFleets.Member with { Replicas = null, ReadyReplicas = 0 }], [SampleFleets.Web]).IsSettled, Is.False);

    [Test]
    public void IsSettled_OldPodsBesideNewOnes_IsFalse()
    {
        var fleet = new Fleet([SampleFleets.Member with { UpdatedReplicas = 1 }], [SampleFleets.Web]);

        Assert.That(fleet.IsSettled, Is.False);
        Assert.That(fleet.Awaited, Is.EqualTo("cluster1 replaces pods"));
    }

    [Test]
    public void IsSettled_StatusOfAnOlderTemplate_IsFalse() =>
        Assert.That(new Fleet([SampleFleets.Member with { IsObserved = false }], [SampleFleets.Web]).IsSettled, Is.False);

    [Test]
    public void Awaited_NoRoom_SaysForHowMany() =>
        Assert.That(
            new Fleet([SampleFleets.Member with { Replicas = 5, UnschedulablePods = 3 }], [SampleFleets.Web]).Awaited,
            Is.EqualTo("cluster1 runs 2 of 5 replicas and has no room for 3"));
}
