using KubeFed.TestSupport.Time;

namespace KubeFed.TestSupport.Tests.Time;

[TestFixture]
public sealed class FakeTimeProviderTests
{
    [Test]
    public void Advance_SeveralTimers_FireInOrderAtTheirOwnTimes()
    {
        var clock = new FakeTimeProvider();
        var start = clock.GetUtcNow();
        var fired = new List<(string Name, double Seconds)>();
        void Arm(string name, int due, int period = -1) => clock.CreateTimer(
            _ => fired.Add((name, (clock.GetUtcNow() - start).TotalSeconds)),
            null,
            TimeSpan.FromSeconds(due),
            period < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
        Arm("late", 5);
        Arm("periodic", 2, 2);
        Arm("early", 1);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(fired, Is.EqualTo(new[] { ("early", 1d), ("periodic", 2d), ("periodic", 4d), ("late", 5d) }));
        Assert.That(clock.ArmedTimers, Is.EqualTo(1));
    }

    [Test]
    public async Task Advance_Delay_CompletesWhenItsTimeHasCome()
    {
        var clock = new FakeTimeProvider();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.That(delay.IsCompleted, Is.False);

        clock.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public void Advance_CancellationTokenSource_Cancels()
    {
        var clock = new FakeTimeProvider();
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);

        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.That(source.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Advance_TimerArmedByACallback_FiresWithinTheSpan()
    {
        var clock = new FakeTimeProvider();
        var fired = 0;
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                if (++fired < 3)
                {
                    timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
                }
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(fired, Is.EqualTo(3));
    }

    [Test]
    public void Dispose_ArmedTimer_NeverFires()
    {
        var clock = new FakeTimeProvider();
        var fired = false;
        clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        clock.Advance(TimeSpan.FromDays(1));

        Assert.That(fired, Is.False);
    }

    [Test]
    public async Task WaitForTimers_ArmedLater_Completes()
    {
        var clock = new FakeTimeProvider();
        var waiting = clock.WaitForTimersAsync(2);
        Assert.That(waiting.IsCompleted, Is.False);

        _ = Task.Delay(TimeSpan.FromSeconds(1), clock);
        _ = Task.Delay(TimeSpan.FromSeconds(1), clock);

        await waiting;
    }

    [Test]
    public void WaitForTimers_NoneArmed_TimesOut() =>
        Assert.That(
            () => new FakeTimeProvider().WaitForTimersAsync(1, TimeSpan.FromMilliseconds(50)), Throws.InstanceOf<TimeoutException>());

    [Test]
    public void GetElapsedTime_AfterAdvance_IsTheSpan()
    {
        var clock = new FakeTimeProvider();
        var start = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.That(clock.GetElapsedTime(start), Is.EqualTo(TimeSpan.FromMilliseconds(1500)));
    }
}
