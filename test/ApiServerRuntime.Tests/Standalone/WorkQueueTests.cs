using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class WorkQueueTests
{
    [Test]
    public async Task Add_KeyTwice_ComesOnce()
    {
        var queue = new WorkQueue<string>(new FakeTimeProvider());
        queue.Add("a");
        queue.Add("a");

        Assert.That(await queue.TakeAsync(CancellationToken.None), Is.EqualTo("a"));
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public async Task Add_WhileWorkedOn_ComesAgainAfterwards()
    {
        var queue = new WorkQueue<string>(new FakeTimeProvider());
        queue.Add("a");
        await queue.TakeAsync(CancellationToken.None);
        queue.Add("a");
        Assert.That(queue.Count, Is.Zero);

        queue.Done("a", succeeded: true);

        Assert.That(queue.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Done_Failed_ComesAgainAfterAPause()
    {
        var clock = new FakeTimeProvider();
        var queue = new WorkQueue<string>(clock);
        queue.Add("a");
        queue.Done(await queue.TakeAsync(CancellationToken.None), succeeded: false);
        var again = queue.TakeAsync(CancellationToken.None);
        Assert.That(again.IsCompleted, Is.False);

        await clock.WaitForTimersAsync(1);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await again.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo("a"));
    }

    [Test]
    public async Task Take_SeveralTakersAndKeys_EachGetsOne()
    {
        var queue = new WorkQueue<int>(new FakeTimeProvider());
        var takers = Enumerable.Range(0, 4).Select(_ => queue.TakeAsync(CancellationToken.None)).ToArray();

        for (int i = 0; i < 4; i++)
        {
            queue.Add(i);
        }

        Assert.That((await Task.WhenAll(takers).WaitAsync(TimeSpan.FromSeconds(10))).Order(), Is.EqualTo([0, 1, 2, 3]));
    }
}
