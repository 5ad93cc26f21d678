using KubeFed.Hyperfed.Playground;
using KubeFed.Hyperfed.Playground.Fleets;
using KubeFed.TestSupport.Time;

namespace KubeFed.Hyperfed.Tests.Playground.Fleets;

[Parallelizable(ParallelScope.All)]
public sealed class FleetFeedTests
{
    private static readonly Fleet Unsettled = new([SampleFleets.Member with { ReadyReplicas = 1 }], [SampleFleets.Web]);

    [Test]
    public async Task Until_AfterAChange_GivesTheFleetThatIsAsWanted()
    {
        var feed = new FakeFeed(Unsettled);
        var waiting = feed.UntilAsync(static fleet => fleet.IsSettled, "all is well", new FakeTimeProvider(), CancellationToken.None);
        Assert.That(waiting.IsCompleted, Is.False);

        feed.Become(SampleFleets.Settled);

        Assert.That(await waiting.WaitAsync(TimeSpan.FromMinutes(1)), Is.SameAs(SampleFleets.Settled));
    }

    [Test]
    public async Task Until_NeverAsWanted_SaysWhatWasAwaitedAndWhatIsMissing()
    {
        var time = new FakeTimeProvider();
        var waiting = new FakeFeed(Unsettled).UntilAsync(static fleet => fleet.IsSettled, "all is well", time, CancellationToken.None);

        time.Advance(FleetFeedExtensions.Limit);

        var failed = (await Assert.ThrowsAsync<PlaygroundException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(1))))!;
        Assert.That(failed.Message, Does.Contain("all is well").And.Contain("cluster1 runs 1 of 2 replicas"));
    }

    [Test]
    public async Task Follow_EveryChange_IsSeenInOrderUntilTheWantedOne()
    {
        var feed = new FakeFeed(Unsettled);
        var seen = new List<int>();
        await foreach (var fleet in feed.FollowAsync(static fleet => fleet.IsSettled, "all is well", new FakeTimeProvider(), CancellationToken.None))
        {
            seen.Add(fleet.Member("cluster1").ReadyReplicas);
            feed.Become(SampleFleets.Settled);
        }

        Assert.That(seen, Is.EqualTo(new[] { 1, 2 }));
    }
}
