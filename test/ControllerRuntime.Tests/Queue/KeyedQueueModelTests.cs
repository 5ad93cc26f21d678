using KubeFed.ControllerRuntime.Queue;
using KubeFed.TestSupport.Time;

namespace KubeFed.ControllerRuntime.Tests.Queue;

/// <summary>Random programs, run against the queue and against the model of its contract side by side.</summary>
[Parallelizable(ParallelScope.All)]
public class KeyedQueueModelTests
{
    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(60);

    [FsCheck.NUnit.Property(MaxTest = 500, EndSize = 400)]
    public void AnyProgram_BehavesAsTheModel(byte[] program)
    {
        var clock = new FakeClock();
        using var queue = new KeyedQueue<int>("model", new() { TimeProvider = clock, Backoff = new() { Base = Unit, Cap = Cap } });
        var model = new QueueModel();
        var nextTick = 0;
        foreach (var step in program)
        {
            Step(queue, model, clock, operation: step & 7, key: (step >> 3) & 3, argument: step >> 5, ref nextTick);
            Assert.That(queue.Depth, Is.EqualTo(model.Ready.Count));
        }

        Drain(queue, model, clock);
    }

    private static void Step(KeyedQueue<int> queue, QueueModel model, FakeClock clock, int operation, int key, int argument, ref int tick)
    {
        // Each step has its own due times, so that the order of deliveries never rests on a tie.
        var offset = TimeSpan.FromMilliseconds(++tick);
        switch (operation)
        {
            case 0:
                queue.Add(key);
                model.Add(key);
                break;
            case 1:
            case 2:
                var delay = argument == 0 ? TimeSpan.Zero : (Unit * argument) + offset;
                queue.AddAfter(key, delay);
                model.AddAfter(key, clock.GetTimestamp(), delay.Ticks);
                break;
            case 3 when model.Ready.Count > 0:
                Assert.That(Taken(queue), Is.EqualTo(model.Take()));
                break;
            case 4 when model.Processing.Contains(key):
                queue.Done(key);
                model.Done(key);
                break;
            case 5:
                var chosen = queue.AddRateLimited(key);
                Assert.That(chosen.Ticks, Is.EqualTo(model.AddRateLimited(key, clock.GetTimestamp(), Unit.Ticks, Cap.Ticks)));
                clock.Advance(offset);
                model.AdvanceTo(clock.GetTimestamp());
                break;
            case 6:
                queue.Forget(key);
                model.Forget(key);
                break;
            default:
                clock.Advance(Unit * argument);
                model.AdvanceTo(clock.GetTimestamp());
                break;
        }

        Assert.That(queue.Failures(key), Is.EqualTo(model.Failures(key)));
    }

    private static void Drain(KeyedQueue<int> queue, QueueModel model, FakeClock clock)
    {
        clock.Advance(Cap * 2);
        model.AdvanceTo(clock.GetTimestamp());
        while (model.Ready.Count > 0 || model.Processing.Count > 0)
        {
            foreach (var key in model.Processing.ToList())
            {
                queue.Done(key);
                model.Done(key);
            }

            if (model.Ready.Count > 0)
            {
                Assert.That(Taken(queue), Is.EqualTo(model.Take()));
            }
        }

        Assert.That(queue.Depth, Is.Zero);
        Assert.That(queue.TryTake(out _), Is.False, "the queue holds a key that the model does not");
    }

    private static int Taken(KeyedQueue<int> queue)
    {
        Assert.That(queue.TryTake(out var key), Is.True, "no key is ready");
        return key;
    }
}
