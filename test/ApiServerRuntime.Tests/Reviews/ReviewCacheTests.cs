using KubeFed.ApiServerRuntime.Reviews;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Reviews;

[TestFixture]
public sealed class ReviewCacheTests
{
    [Test]
    public async Task Get_WithinTheLifetime_AsksOnce()
    {
        var time = new FakeTimeProvider();
        var cache = new ReviewCache<string, int>(10, static _ => TimeSpan.FromSeconds(10), time);
        var asked = 0;

        await cache.GetAsync("a", _ => Task.FromResult(++asked), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(9));
        var second = await cache.GetAsync("a", _ => Task.FromResult(++asked), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1));
        var third = await cache.GetAsync("a", _ => Task.FromResult(++asked), CancellationToken.None);

        Assert.That((second, third), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Get_AtTheSameTime_SharesOneQuestion()
    {
        var cache = new ReviewCache<string, int>(10, static _ => TimeSpan.FromSeconds(10), new FakeTimeProvider());
        var answer = new TaskCompletionSource<int>();
        var asked = 0;
        Task<int> Ask(string key)
        {
            Interlocked.Increment(ref asked);
            return answer.Task;
        }

        using var impatient = new CancellationTokenSource();
        var first = cache.GetAsync("a", Ask, impatient.Token).AsTask();
        var second = cache.GetAsync("a", Ask, CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult(7);

        Assert.That((await second, asked), Is.EqualTo((7, 1)));
    }

    [Test]
    public async Task Get_AfterAFailure_AsksAgain()
    {
        var cache = new ReviewCache<string, int>(10, static _ => TimeSpan.FromSeconds(10), new FakeTimeProvider());

        Assert.That(async () => await cache.GetAsync("a", _ => Task.FromException<int>(new IOException("away")), CancellationToken.None), Throws.InstanceOf<IOException>());

        Assert.That(await cache.GetAsync("a", _ => Task.FromResult(1), CancellationToken.None), Is.EqualTo(1));
    }

    [Test]
    public async Task Get_BeyondTheCapacity_ForgetsTheLeastRecentlyUsed()
    {
        var cache = new ReviewCache<string, string>(2, static _ => TimeSpan.FromSeconds(10), new FakeTimeProvider());
        var asked = new List<string>();
        foreach (var key in new[] { "a", "b", "a", "c", "a", "b" })
        {
            await cache.GetAsync(
                key,
                k =>
                {
                    asked.Add(k);
                    return Task.FromResult(k);
                },
                CancellationToken.None);
        }

        Assert.That(asked, Is.EqualTo(new[] { "a", "b", "c", "b" }));
    }
}
