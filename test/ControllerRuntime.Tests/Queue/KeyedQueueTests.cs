using System.Collections.Concurrent;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.TestSupport.Time;

namespace KubeFed.ControllerRuntime.Tests.Queue;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class KeyedQueueTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly FakeClock _clock = new();

    [Test]
    public async Task Add_TenBeforeAndFiveDuringARun_GivesTwoRuns()
    {
        using var queue = Queue();
        for (var i = 0; i < 10; i++)
        {
            queue.Add("a");
        }

        var first = await queue.TakeAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            queue.Add("a");
        }

        Assert.That(queue.Depth, Is.Zero, "a key that a worker holds is not handed out");
        queue.Done(first.Key);
        var second = await queue.TakeAsync(CancellationToken.None);
        queue.Done(second.Key);

        Assert.That((first.Key, second.Key, queue.Depth), Is.EqualTo(("a", "a", 0)));
    }

    [Test]
    public void AddAfter_SeveralDelays_TheEarliestWins()
    {
        using var queue = Queue();
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        queue.AddAfter("a", TimeSpan.FromSeconds(3));
        queue.AddAfter("a", TimeSpan.FromSeconds(20));

        _clock.Advance(TimeSpan.FromSeconds(2.999));
        Assert.That(queue.Depth, Is.Zero);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(queue.Depth, Is.EqualTo(1));
        Assert.That(queue.TryTake(out _), Is.True);
        queue.Done("a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(queue.Depth, Is.Zero, "later deliveries were superseded");
    }

    [Test]
    public void AddAfter_LongerThanAnyTimer_IsDeliveredInTime()
    {
        using var queue = Queue();
        queue.AddAfter("a", TimeSpan.FromDays(100));
        queue.AddAfter("b", TimeSpan.MaxValue);

        _clock.Advance(TimeSpan.FromDays(100) - TimeSpan.FromSeconds(1));
        Assert.That(queue.Depth, Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(queue.Depth, Is.EqualTo(1));
    }

    [Test]
    public void AddAfter_TenThousandKeys_UsesOneTimer()
    {
        using var queue = Queue();
        for (var i = 0; i < 10_000; i++)
        {
            queue.AddAfter($"key-{i}", TimeSpan.FromSeconds(10_000 - i));
        }

        Assert.That(_clock.PendingTimers, Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromSeconds(5_000));
        Assert.That(queue.Depth, Is.EqualTo(5_000));
    }

    [Test]
    public void AddRateLimited_RepeatedAndForgotten_FollowsTheSequence()
    {
        using var queue = Queue(new() { TimeProvider = _clock, Backoff = new() { Base = TimeSpan.FromSeconds(5), Cap = TimeSpan.FromSeconds(60) } });

        var waits = Enumerable.Range(0, 6).Select(_ => queue.AddRateLimited("a").TotalSeconds).ToArray();
        Assert.That(waits, Is.EqualTo(new double[] { 5, 10, 20, 40, 60, 60 }));
        Assert.That(queue.Failures("a"), Is.EqualTo(6));

        queue.Forget("a");
        Assert.That(queue.AddRateLimited("a"), Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void DelayFor_WithJitter_StaysWithinItsShare()
    {
        var options = new BackoffOptions { Base = TimeSpan.FromSeconds(1), Cap = TimeSpan.FromSeconds(8), Jitter = 0.5 };
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(options.DelayFor(100, random).TotalSeconds, Is.InRange(8, 12));
        }
    }

    [Test]
    public async Task TakeAsync_WaitersAndKeys_AreServedInOrder()
    {
        using var queue = Queue();
        var first = queue.TakeAsync(CancellationToken.None).AsTask();
        var second = queue.TakeAsync(CancellationToken.None).AsTask();
        queue.Add("a");
        queue.Add("b");
        Assert.That(((await first.WaitAsync(Limit)).Key, (await second.WaitAsync(Limit)).Key), Is.EqualTo(("a", "b")));
    }

    [Test]
    public async Task TakeAsync_Cancelled_LosesNoKey()
    {
        using var queue = Queue();
        using var cancelled = new CancellationTokenSource();
        var abandoned = queue.TakeAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        Assert.That(async () => await abandoned.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());

        queue.Add("a");
        Assert.That((await queue.TakeAsync(CancellationToken.None)).Key, Is.EqualTo("a"));
        Assert.That(async () => await queue.TakeAsync(cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task FairBy_AGroupOfTenThousand_DelaysAnotherByOne()
    {
        using var queue = new KeyedQueue<(string Group, int Id)>("fair", new KeyedQueueOptions<(string Group, int Id)> { TimeProvider = _clock }.FairBy(key => key.Group));
        for (var i = 0; i < 10_000; i++)
        {
            queue.Add(("big", i));
        }

        queue.Add(("small", 0));
        queue.Add(("small", 1));
        var taken = new List<(string, int)>();
        for (var i = 0; i < 4; i++)
        {
            taken.Add((await queue.TakeAsync(CancellationToken.None)).Key);
        }

        Assert.That(taken, Is.EqualTo(new[] { ("big", 0), ("small", 0), ("big", 1), ("small", 1) }));
        Assert.That(queue.Depth, Is.EqualTo(9_998));
    }

    [Test]
    public void FairBy_SubgroupsOfAGroup_ShareItsTurns()
    {
        var options = new KeyedQueueOptions<(string Group, string Sub, int Id)> { TimeProvider = _clock };
        using var queue = new KeyedQueue<(string Group, string Sub, int Id)>("fair", options.FairBy(key => key.Group, key => key.Sub));
        for (var i = 0; i < 100; i++)
        {
            queue.Add(("many", $"s{i}", 0));
        }

        queue.Add(("many", "s0", 1));
        queue.Add(("few", "s", 0));

        Assert.That(TakeAll(queue).Take(3), Is.EqualTo(new[] { ("many", "s0", 0), ("few", "s", 0), ("many", "s1", 0) }));
    }

    [Test]
    public void Add_LowPriority_WaitsForOthersButDoesNotStarve()
    {
        using var queue = Queue();
        for (var i = 0; i < 20; i++)
        {
            queue.Add($"low{i}", QueuePriority.Low);
            queue.Add($"normal{i}");
        }

        var taken = TakeAll(queue);
        Assert.Multiple(() =>
        {
            Assert.That(taken.Take(9), Is.EqualTo(new[] { "normal0", "normal1", "normal2", "normal3", "normal4", "normal5", "normal6", "low0", "normal7" }));
            Assert.That(taken, Has.Count.EqualTo(40).And.Unique);
            Assert.That(queue.Depth, Is.Zero);
        });
    }

    [Test]
    public void Add_ReadyKeyOfLowPriority_TakesTheHigherOne()
    {
        using var queue = Queue();
        queue.Add("a", QueuePriority.Low);
        queue.Add("b", QueuePriority.Low);
        queue.Add("b");
        queue.Add("b", QueuePriority.Low);

        Assert.Multiple(() =>
        {
            Assert.That(queue.Depth, Is.EqualTo(2));
            Assert.That(TakeAll(queue), Is.EqualTo(new[] { "b", "a" }));
        });
    }

    [Test]
    public void AddAfter_LowPriority_IsThatOfTheDelivery()
    {
        using var queue = Queue();
        queue.AddAfter("low", TimeSpan.FromSeconds(1), QueuePriority.Low);
        queue.AddAfter("both", TimeSpan.FromSeconds(1), QueuePriority.Low);
        queue.AddAfter("both", TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        queue.Add("normal");

        Assert.That(TakeAll(queue), Is.EqualTo(new[] { "both", "normal", "low" }));
    }

    [Test]
    public void Done_NotTaken_Throws()
    {
        using var queue = Queue();
        queue.Add("a");
        Assert.That(() => queue.Done("a"), Throws.InvalidOperationException);
        Assert.That(() => queue.Done("b"), Throws.InvalidOperationException);
    }

    private static List<TKey> TakeAll<TKey>(KeyedQueue<TKey> queue)
        where TKey : notnull
    {
        var taken = new List<TKey>();
        while (queue.TryTake(out var key))
        {
            taken.Add(key);
            queue.Done(key);
        }

        return taken;
    }

    [Test]
    public async Task ShutDown_WithWork_DrainsReadyKeysAndDropsTheRest()
    {
        using var queue = Queue();
        queue.Add("a");
        queue.Add("b");
        queue.AddAfter("c", TimeSpan.FromSeconds(1));
        var a = await queue.TakeAsync(CancellationToken.None);
        queue.Add("a");
        queue.ShutDown();
        queue.Add("d");
        _clock.Advance(TimeSpan.FromMinutes(1));

        var b = await queue.TakeAsync(CancellationToken.None);
        queue.Done(b.Key);
        queue.Done(a.Key);
        Assert.That(queue.Drained.IsCompleted, Is.False, "a was added again before the shutdown");
        var again = await queue.TakeAsync(CancellationToken.None);
        queue.Done(again.Key);

        Assert.That((a.Key, b.Key, again.Key), Is.EqualTo(("a", "b", "a")));
        Assert.That((await queue.TakeAsync(CancellationToken.None)).HasKey, Is.False);
        await queue.Drained.WaitAsync(Limit);
    }

    [Test]
    public async Task ShutDown_WithWaiters_ReleasesThem()
    {
        using var queue = Queue();
        var waiting = queue.TakeAsync(CancellationToken.None).AsTask();
        queue.ShutDown();
        Assert.That((await waiting.WaitAsync(Limit)).HasKey, Is.False);
        await queue.Drained.WaitAsync(Limit);
    }

    [Test]
    public async Task ManyThreads_AddAndWork_NoKeyIsLostOrHeldTwice()
    {
        const int keys = 50;
        using var queue = new KeyedQueue<int>("threads", new KeyedQueueOptions<int>().FairBy(key => key % 3));
        var wanted = new int[keys];
        var seen = new int[keys];
        var held = new ConcurrentDictionary<int, bool>();
        var faults = new ConcurrentQueue<string>();

        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync(CancellationToken.None) is { HasKey: true, Key: var key })
            {
                if (!held.TryAdd(key, true))
                {
                    faults.Enqueue($"two workers hold {key}");
                }

                seen[key] = Volatile.Read(ref wanted[key]);
                await Task.Yield();
                held.TryRemove(key, out bool _);
                queue.Done(key);
            }
        })).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                var key = random.Next(keys);
                Interlocked.Increment(ref wanted[key]);
                switch (random.Next(3))
                {
                    case 0:
                        queue.AddAfter(key, TimeSpan.FromMilliseconds(random.Next(3)));
                        break;
                    default:
                        queue.Add(key);
                        break;
                }

                if (i % 100 == 0)
                {
                    await Task.Yield();
                }
            }
        })));

        await Eventually.HoldsAsync(() => wanted.AsSpan().SequenceEqual(seen), () => $"wanted {string.Join(',', wanted)} seen {string.Join(',', seen)}");
        queue.ShutDown();
        await Task.WhenAll(workers).WaitAsync(Limit);
        Assert.That(faults, Is.Empty);
    }

    private KeyedQueue<string> Queue(KeyedQueueOptions<string>? options = null) => new("test", options ?? new() { TimeProvider = _clock });
}
