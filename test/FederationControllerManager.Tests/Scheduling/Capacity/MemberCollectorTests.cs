using System.Collections.Concurrent;
using System.Text;
using KubeFed.FederationControllerManager.Scheduling.Capacity;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Capacity;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MemberCollectorTests
{
    private static readonly CapacitySettings Settings = new();
    private static readonly PodFootprint OneCpu = PodFootprint.Of(Encoding.UTF8.GetBytes("""{"containers":[{"resources":{"requests":{"cpu":"1"}}}]}"""));

    private readonly FakeClock _clock = new();
    private readonly FakeReader _member = new FakeReader().Node("n1", """{"cpu":"4","pods":"9"}""");
    private readonly ConcurrentQueue<string> _changes = [];

    [Test]
    public async Task Room_AfterStart_IsReadAndTold()
    {
        await using var collector = Start();
        await SeesAsync(collector, 4);
        await Eventually.HoldsAsync(() => _changes.SequenceEqual(["east"]), () => string.Join(',', _changes));
    }

    [Test]
    public async Task Room_AfterInterval_IsReadAgain()
    {
        await using var collector = Start();
        await SeesAsync(collector, 4);
        _member.Pod("p1", "n1", """{"cpu":"3"}""");
        await PassAsync(() => collector.Room?.Fits(OneCpu) == 1);
    }

    [Test]
    public async Task Refresh_Twice_ReadsOnceAfterThePause()
    {
        await using var collector = Start();
        await SeesAsync(collector, 4);
        _member.Pod("p1", "n1", """{"cpu":"3"}""");
        collector.Refresh();
        collector.Refresh();
        await PassAsync(() => collector.Room?.Fits(OneCpu) == 1);
        Assert.That(_member.Reads, Is.EqualTo(4), "lists of nodes and of pods, twice");
    }

    [Test]
    public async Task Room_NothingChanged_IsNotToldAgain()
    {
        await using var collector = Start();
        await PassAsync(() => _member.Reads >= 6);
        await SeesAsync(collector, 4);
        Assert.That(_changes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Room_MemberFails_IsKeptForAWhileThenUnknown()
    {
        await using var collector = Start();
        await SeesAsync(collector, 4);
        _member.Before = static _ => throw new HttpRequestException("down");
        await PassAsync(() => _member.Reads >= 3);
        Assert.That(collector.Room?.Fits(OneCpu), Is.EqualTo(4));

        await PassAsync(() => _changes.Count == 2);
        Assert.That(collector.Room, Is.Null);
    }

    [Test]
    public async Task DisposeAsync_MemberHangs_Ends()
    {
        _member.Before = static token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        var collector = Start();
        await Eventually.HoldsAsync(() => _member.Reads == 1, () => $"{_member.Reads} reads");
        await collector.DisposeAsync();
        Assert.That(collector.Room, Is.Null);
    }

    private MemberCollector Start() => new("east", _member, Settings, _clock, NullLogger.Instance, _changes.Enqueue);

    /// <summary>Lets time pass, timer by timer, until a condition holds.</summary>
    private Task PassAsync(Func<bool> condition) => Eventually.HoldsAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            _clock.AdvanceToNextTimer(Settings.Interval);
            return false;
        },
        () => $"{_member.Reads} reads, {_changes.Count} changes, {_clock.PendingTimers} timers");

    private static Task SeesAsync(MemberCollector collector, long fits) =>
        Eventually.HoldsAsync(() => collector.Room?.Fits(OneCpu) == fits, () => $"{collector.Room?.Fits(OneCpu)}");
}
