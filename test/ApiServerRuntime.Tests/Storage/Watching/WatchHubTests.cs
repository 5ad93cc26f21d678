using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Watching;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Watching;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WatchHubTests : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private readonly FakeHistory _history = new();

    public void Dispose() => _limit.Dispose();

    [Test]
    public async Task WatchAsync_MoreThanABatch_ComesInSeveral()
    {
        var hub = Hub();
        hub.Publish(Events(1, 2500));
        await using var watch = Watch(hub, "/a/", 0);

        List<int> sizes = [];
        while (sizes.Sum() < 2500)
        {
            sizes.Add((await NextAsync(watch)).Events.Count);
        }

        Assert.That(sizes, Is.EqualTo([1000, 1000, 500]));
    }

    [Test]
    public async Task WatchAsync_OlderThanTheWindow_ReadsTheHistoryThenTheWindow()
    {
        var hub = Hub(countLimit: 10);
        hub.Publish(Events(1, 25));
        _history.Add(new StorageEventBatch(Events(1, 10), 10));
        _history.Add(new StorageEventBatch(Events(11, 6), 16));
        await using var watch = Watch(hub, "/a/", 0);

        var batches = new[] { await NextAsync(watch), await NextAsync(watch), await NextAsync(watch) };

        Assert.That(batches.SelectMany(batch => batch.Events).Select(e => e.Revision), Is.EqualTo(Enumerable.Range(1, 25)));
        Assert.That(_history.Asked, Is.EqualTo([0L, 10L]));
    }

    [Test]
    public async Task Publish_BytesOverTheLimit_DropsTheOldest()
    {
        var hub = Hub(bytesLimit: 250);
        hub.Publish(Events(1, 5, size: 100));
        Assert.That(hub.Floor, Is.EqualTo(3));

        hub.Publish(Events(6, 1, size: 1000));
        Assert.That(hub.Floor, Is.EqualTo(5), "the newest is kept whatever its size");
        await using var watch = Watch(hub, "/a/", 5);
        Assert.That((await NextAsync(watch)).Revision, Is.EqualTo(6));
    }

    [Test]
    public async Task Publish_OtherPrefixForLong_AnIdleWatchKeepsItsPlaceWithoutHistory()
    {
        var hub = Hub(countLimit: 10);
        await using var watch = Watch(hub, "/b/", 0);
        var next = NextAsync(watch);
        for (var i = 1; i <= 100; i++)
        {
            hub.Publish(Events(i, 1));
        }

        Assert.That(next.IsCompleted, Is.False, "other keys are no reason to wake");
        hub.Publish([new StorageEvent("/b/1", 101, null, null)]);

        Assert.That((await next).Events.Single().Revision, Is.EqualTo(101));
        Assert.That(_history.Asked, Is.Empty);
    }

    [Test]
    public async Task RequestProgress_WatchIsIdle_ReportsTheRevisionOnce()
    {
        var hub = Hub();
        await using var watch = Watch(hub, "/b/", 0);
        var next = NextAsync(watch);
        hub.Publish(Events(1, 3));

        hub.RequestProgress();
        var batch = await next;
        var second = NextAsync(watch);
        hub.RequestProgress();
        hub.Publish([new StorageEvent("/b/1", 4, null, null)]);

        Assert.That((batch.Events.Count, batch.Revision), Is.EqualTo((0, 3L)));
        Assert.That((await second).Events, Has.Count.EqualTo(1), "what was reported already is not reported again");
    }

    [Test]
    public async Task WatchAsync_RevisionNotReached_WaitsForWhatFollowsIt()
    {
        var hub = Hub();
        await using var watch = Watch(hub, "/a/", 3);
        var next = NextAsync(watch);
        hub.Publish(Events(1, 3));
        hub.Publish(Events(4, 1));

        Assert.That((await next).Events.Single().Revision, Is.EqualTo(4));
    }

    [Test]
    public async Task Close_WatchesThatWaitAndThatCome_EndAsUnavailable()
    {
        var hub = Hub();
        await using var watch = Watch(hub, "/a/", 0);
        var next = NextAsync(watch);

        hub.Close();
        await using var late = Watch(hub, "/a/", 0);

        await Assert.ThatAsync(() => next, Throws.InstanceOf<StorageUnavailableException>());
        await Assert.ThatAsync(() => NextAsync(late), Throws.InstanceOf<StorageUnavailableException>());
    }

    private static StorageEvent[] Events(int first, int count, int size = 1) =>
        [.. Enumerable.Range(first, count).Select(revision =>
            new StorageEvent($"/a/{revision}", revision, new StoredValue($"/a/{revision}", new byte[size], revision), null))];

    private WatchHub Hub(int countLimit = 10_000, long bytesLimit = long.MaxValue) => new(_history, 0, countLimit, bytesLimit);

    private IAsyncEnumerator<StorageEventBatch> Watch(WatchHub hub, string prefix, long after) =>
        hub.WatchAsync(prefix, after, _limit.Token).GetAsyncEnumerator(CancellationToken.None);

    private static async Task<StorageEventBatch> NextAsync(IAsyncEnumerator<StorageEventBatch> watch)
    {
        Assert.That(await watch.MoveNextAsync(), Is.True);
        return watch.Current;
    }

    private sealed class FakeHistory : IEventHistory
    {
        private readonly Queue<StorageEventBatch> _batches = new();

        public List<long> Asked { get; } = [];

        public void Add(StorageEventBatch batch) => _batches.Enqueue(batch);

        public ValueTask<StorageEventBatch> ReadAsync(string prefix, long afterRevision, CancellationToken cancellationToken)
        {
            Asked.Add(afterRevision);
            return ValueTask.FromResult(_batches.Dequeue());
        }
    }
}
