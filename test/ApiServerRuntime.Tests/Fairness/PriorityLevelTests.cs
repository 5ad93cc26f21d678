using KubeFed.ApiServerRuntime.Fairness;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Fairness;

[TestFixture, Parallelizable(ParallelScope.All)]
public class PriorityLevelTests
{
    private readonly FairnessOptions _options = new() { MaxQueuedPerUser = 3, MaxQueued = 5, QueueWait = TimeSpan.FromSeconds(10) };

    [Test]
    public async Task Enter_SeatsFree_TakesThemAtOnce()
    {
        var level = new PriorityLevel("l", 2, _options, new FakeClock());
        Assert.That((await level.EnterAsync("a", default), await level.EnterAsync("a", default)), Is.EqualTo((SeatOutcome.Taken, SeatOutcome.Taken)));
        var third = level.EnterAsync("b", default);
        Assert.That((third.IsCompleted, level.Running, level.Waiting), Is.EqualTo((false, 2, 1)));
        level.Leave("a");
        Assert.That(await third, Is.EqualTo(SeatOutcome.Taken));
    }

    [Test]
    public async Task Leave_ManyOfOneUserWait_TheOtherIsServedNext()
    {
        var level = new PriorityLevel("l", 2, _options, new FakeClock());
        await level.EnterAsync("noisy", default);
        await level.EnterAsync("noisy", default);
        var noisy = Enumerable.Range(0, 3).Select(_ => level.EnterAsync("noisy", default).AsTask()).ToArray();
        var quiet = level.EnterAsync("quiet", default).AsTask();
        level.Leave("noisy");
        Assert.That(await quiet.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(SeatOutcome.Taken));
        Assert.That(noisy.Select(task => task.IsCompleted), Is.All.False);
    }

    [Test]
    public async Task Leave_UsersOfEqualShare_TakeTurns()
    {
        var level = new PriorityLevel("l", 1, _options, new FakeClock());
        await level.EnterAsync("x", default);
        var waiting = new[] { "a", "a", "b", "b" }.Select(user => (User: user, Task: level.EnterAsync(user, default).AsTask())).ToList();
        var order = new List<string>();
        for (var last = "x"; waiting.Count > 0; last = order[^1])
        {
            level.Leave(last);
            var served = await Task.WhenAny(waiting.Select(one => one.Task)).WaitAsync(TimeSpan.FromSeconds(10));
            order.Add(waiting.Single(one => one.Task == served).User);
            waiting.RemoveAll(one => one.Task == served);
        }

        Assert.That(order, Is.EqualTo(new[] { "a", "b", "a", "b" }));
    }

    [Test]
    public async Task Enter_QueueOfTheUserFull_IsRefusedAndOthersAreNot()
    {
        var level = new PriorityLevel("l", 1, _options, new FakeClock());
        await level.EnterAsync("a", default);
        var waiting = Enumerable.Range(0, 3).Select(_ => level.EnterAsync("a", default).AsTask()).ToArray();
        Assert.That(await level.EnterAsync("a", default), Is.EqualTo(SeatOutcome.QueueFull));
        var other = level.EnterAsync("b", default).AsTask();
        var another = level.EnterAsync("c", default).AsTask();
        Assert.That(await level.EnterAsync("d", default), Is.EqualTo(SeatOutcome.QueueFull), "five wait");
        Assert.That((waiting.Any(task => task.IsCompleted), other.IsCompleted, another.IsCompleted, level.RefusedFull), Is.EqualTo((false, false, false, 2L)));
    }

    [Test]
    public async Task Enter_NoSeatInTime_IsRefusedAndLeavesNothingBehind()
    {
        var clock = new FakeClock();
        var level = new PriorityLevel("l", 1, _options, clock);
        await level.EnterAsync("a", default);
        var waiting = level.EnterAsync("b", default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.That(waiting.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That((await waiting.WaitAsync(TimeSpan.FromSeconds(10)), level.Waiting, level.RefusedTimedOut), Is.EqualTo((SeatOutcome.TimedOut, 0, 1L)));
        level.Leave("a");
        Assert.That((level.Running, await level.EnterAsync("b", default)), Is.EqualTo((0, SeatOutcome.Taken)));
    }

    [Test]
    public async Task Enter_ClientGone_GivesItsPlaceUp()
    {
        var level = new PriorityLevel("l", 1, _options, new FakeClock());
        await level.EnterAsync("a", default);
        using var gone = new CancellationTokenSource();
        var waiting = level.EnterAsync("b", gone.Token).AsTask();
        await gone.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(level.Waiting, Is.Zero);
    }

    [Test]
    public async Task Enter_FreeSeats_AllocatesNothing()
    {
        var level = new PriorityLevel("l", 10, _options, new FakeClock());
        await Round(level);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            var entered = level.EnterAsync("a", default);
            if (entered.IsCompletedSuccessfully)
            {
                level.Leave("a");
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));

        static async Task Round(PriorityLevel level)
        {
            await level.EnterAsync("a", default);
            level.Leave("a");
        }
    }

    [Test]
    public async Task Storm_ManyThreads_NeverMoreThanTheSeatsAndNobodyStarves()
    {
        var level = new PriorityLevel("l", 4, new FairnessOptions { QueueWait = TimeSpan.FromMinutes(5) }, TimeProvider.System);
        var (inside, most, quietDone) = (0, 0, 0);
        var stop = false;
        var noisy = Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                await VisitAsync("noisy");
            }
        })).ToArray();
        var quiet = Task.Run(async () =>
        {
            for (; quietDone < 200; quietDone++)
            {
                await VisitAsync("quiet");
            }
        });
        try
        {
            await quiet.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"the quiet user got only {quietDone} seats");
        }
        finally
        {
            Volatile.Write(ref stop, true);
            await Task.WhenAll(noisy);
        }

        Assert.Multiple(() =>
        {
            Assert.That(most, Is.InRange(1, 4));
            Assert.That((level.Running, level.Waiting), Is.EqualTo((0, 0)));
        });

        async Task VisitAsync(string user)
        {
            if (await level.EnterAsync(user, default) != SeatOutcome.Taken)
            {
                return;
            }

            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            level.Leave(user);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
            {
                return;
            }
        }
    }
}
