using System.Diagnostics;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>The storage while etcd's processes are killed and halted. Each test has an etcd of its own.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class EtcdFaultTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1.5);

    [SetUp]
    public void RequireEtcd()
    {
        if (EtcdServer.Unavailable is { } reason)
        {
            Assert.Ignore(reason);
        }
    }

    [Test]
    public async Task Calls_EtcdNeverThere_FailAtOnceAndWorkOnceItIs()
    {
        await using var server = await EtcdServer.StartAsync();
        await server.Members[0].Process.KillAsync();
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(server) with { RequestTimeout = Timeout });

        var watch = Stopwatch.StartNew();
        await AssertUnavailableAsync(() => WriteAsync(storage, "/a/1"));
        await AssertUnavailableAsync(() => storage.GetAsync("/a/1", CancellationToken.None));
        await AssertUnavailableAsync(() => storage.ReadRevisionAsync(CancellationToken.None));
        await AssertUnavailableAsync(() => WatchOnceAsync(storage, 0));
        Assert.That(watch.Elapsed, Is.LessThan(AtOnce));

        server.Members[0].Process.Start();
        await EventuallyWritesAsync(storage, "/a/1");
    }

    [Test]
    public async Task Calls_EtcdHalted_FailInTimeAndThenAtOnce()
    {
        await using var server = await EtcdServer.StartAsync();
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(server) with { RequestTimeout = Timeout });
        await WriteAsync(storage, "/a/0");
        server.Members[0].Process.Pause();

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AssertUnavailableAsync(() => WriteAsync(storage, $"/b/{i}"))));
        var first = watch.Elapsed;
        watch.Restart();
        var probed = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var one = Stopwatch.StartNew();
            await AssertUnavailableAsync(() => storage.GetAsync($"/b/{i}", CancellationToken.None));
            Interlocked.Add(ref probed, one.Elapsed > AtOnce ? 1 : 0);
        }));
        server.Members[0].Process.Resume();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.InRange(Timeout - TimeSpan.FromSeconds(0.1), Timeout * 3));
            Assert.That(probed, Is.LessThanOrEqualTo(1), "calls that waited to find out whether the member is back");
        }

        await EventuallyWritesAsync(storage, "/a/1");
    }

    [Test]
    public async Task Watch_EtcdHalted_EndsAsUnavailable()
    {
        await using var server = await EtcdServer.StartAsync();
        var options = EtcdFixture.NewOptions(server) with { KeepAliveTime = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(1) };
        await using var storage = EtcdFixture.Open(options);
        var start = await WriteAsync(storage, "/a/0");
        await WriteAsync(storage, "/a/1");
        await using var reader = new EventReader(storage, "/", start, CancellationToken.None);
        await reader.NextAsync();
        server.Members[0].Process.Pause();

        await AssertUnavailableAsync(() => reader.NextAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Etcd_KilledAndStartedInAWriteStorm_KeepsEveryAcknowledgedWriteAndEveryWatchSeesItOnce(int seed)
    {
        await using var server = await EtcdServer.StartAsync();
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(server) with { RequestTimeout = Timeout });
        var start = await WriteAsync(storage, "/start");
        await using var follower = new EtcdFollower(storage, start);
        await using var writers = new EtcdWriters(storage, 16);
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            var wanted = writers.Acknowledged.Count + random.Next(50, 400);
            await Eventually.True(() => writers.Acknowledged.Count >= wanted, "writes go on");
            await server.Members[0].Process.KillAsync();
            server.Members[0].Process.Start();
        }

        await server.Members[0].WaitUntilHealthyAsync();
        await writers.StopAsync();
        await EventuallyWritesAsync(storage, "/end");

        await AssertHistoryAsync(storage, follower, writers);
        Assert.That((follower.Losses, writers.Failures), Is.Not.EqualTo((0, 0)), "how often etcd was lost");
    }

    [Test]
    public async Task Cluster_MembersKilledOneAfterTheOther_ServesOn()
    {
        await using var server = await EtcdServer.StartAsync(new EtcdServerOptions { Members = 3 });
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(server));
        var start = await WriteAsync(storage, "/start");
        await using var follower = new EtcdFollower(storage, start);
        await using var writers = new EtcdWriters(storage, 8);
        foreach (var member in server.Members)
        {
            var before = writers.Acknowledged.Count;
            await Eventually.True(() => writers.Acknowledged.Count >= before + 50, "writes go on before a member is killed");
            await member.Process.KillAsync();
            before = writers.Acknowledged.Count;
            await Eventually.True(() => writers.Acknowledged.Count >= before + 50, "writes go on without a member");
            Assert.That(await storage.GetAsync("/start", CancellationToken.None), Is.Not.Null);
            member.Process.Start();
            await member.WaitUntilHealthyAsync();
        }

        await writers.StopAsync();
        await EventuallyWritesAsync(storage, "/end");
        await AssertHistoryAsync(storage, follower, writers);
    }

    [Test]
    public async Task Cluster_MemberHalted_ReadsMoveToAnotherInTime()
    {
        await using var server = await EtcdServer.StartAsync(new EtcdServerOptions { Members = 3 });
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(server));
        await WriteAsync(storage, "/a");
        server.Members[0].Process.Pause();

        await Eventually.True(
            async () => await storage.GetAsync("/a", CancellationToken.None) is not null, "a read without the halted member");

        server.Members[0].Process.Resume();
    }

    private static async Task AssertHistoryAsync(IStorage storage, EtcdFollower follower, EtcdWriters writers)
    {
        var last = await storage.ReadRevisionAsync(CancellationToken.None);
        await Eventually.True(() => follower.Seen is [.., var e] && e.Revision >= last, $"the watch reaches {last}");
        var seen = follower.Seen;
        var list = await storage.ListAsync("/w", StorageListOptions.All, CancellationToken.None);
        Assert.That(seen.Select(e => e.Revision), Is.Ordered.Ascending.And.Unique);
        Assert.That(
            seen.Where(e => e.Key.StartsWith("/w", StringComparison.Ordinal)).Select(e => (e.Key, e.Revision)),
            Is.EquivalentTo(list.Items.Select(item => (item.Key, item.Revision))));
        var stored = list.Items.ToDictionary(item => item.Key, item => item.Revision, StringComparer.Ordinal);
        Assert.That(
            writers.Acknowledged.Where(pair => stored.GetValueOrDefault(pair.Key) != pair.Value), Is.Empty, "acknowledged, but not stored");
    }

    private static async Task<long> WriteAsync(IStorage storage, string key) =>
        (await storage.CreateAsync(key, new byte[10], null, CancellationToken.None)).Revision;

    private static async Task WatchOnceAsync(IStorage storage, long afterRevision)
    {
        await using var reader = new EventReader(storage, "/", afterRevision, CancellationToken.None);
        await reader.NextAsync();
    }

    private static Task EventuallyWritesAsync(IStorage storage, string key) =>
        Eventually.True(async () => await WriteAsync(storage, key) > 0, $"{key} is written", TimeSpan.FromSeconds(60));

    private static async Task AssertUnavailableAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (StorageUnavailableException)
        {
            return;
        }

        throw new AssertionException("the call did not fail");
    }
}
