using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>Compaction, leases, sizes and several replicas on one etcd.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class EtcdUpkeepTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private EtcdServer _server = null!;
    private EtcdGateway _gateway = null!;

    [SetUp]
    public async Task StartEtcdAsync()
    {
        if (EtcdServer.Unavailable is { } reason)
        {
            Assert.Ignore(reason);
        }

        _server = await EtcdServer.StartAsync();
        _gateway = new EtcdGateway(_server);
    }

    [TearDown]
    public async Task StopEtcdAsync()
    {
        _gateway?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task Compaction_TwoReplicas_OneDoesItAndRecentHistoryStays()
    {
        var clock = new FakeTimeProvider();
        var options = EtcdFixture.NewOptions(_server) with { CompactionInterval = Interval, HistoryWindow = Interval };
        await using var first = new EtcdStorage(options, clock, NullLogger<EtcdStorage>.Instance);
        await using var second = new EtcdStorage(options, clock, NullLogger<EtcdStorage>.Instance);
        var old = await WriteAsync(first, "/a/old");
        await WriteAsync(first, "/a/older");
        await PassAsync(clock, 1);
        var recent = await WriteAsync(second, "/a/recent");
        await PassAsync(clock, 2);

        await Eventually.True(() => IsCompactedAsync(first, old), "the oldest history is given up");

        Assert.That(await IsCompactedAsync(second, recent), Is.False, "what was written one interval ago");
        Assert.That(await _gateway.VersionAsync("compact_rev_key"), Is.EqualTo(2));
    }

    [Test]
    public async Task TimeToLive_ManyObjects_ShareLeases()
    {
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(_server) with { MaxObjectsPerLease = 100 });

        await Task.WhenAll(Enumerable.Range(0, 250).Select(i =>
            storage.CreateAsync($"/a/{i}", new byte[1], TimeSpan.FromHours(1), CancellationToken.None)));
        await storage.CreateAsync("/b", new byte[1], TimeSpan.FromHours(2), CancellationToken.None);

        Assert.That(await _gateway.LeasesAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task TimeToLive_LeaseGoneMeanwhile_TakesAnother()
    {
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(_server));
        await storage.CreateAsync("/a/1", new byte[1], TimeSpan.FromHours(1), CancellationToken.None);
        var leases = await _gateway.PostAsync("/v3/lease/leases", "{}");
        await _gateway.PostAsync("/v3/lease/revoke", $$"""{"ID":"{{leases.GetProperty("leases")[0].GetProperty("ID").GetString()}}"}""");

        var result = await storage.CreateAsync("/a/1", new byte[1], TimeSpan.FromHours(1), CancellationToken.None);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(await _gateway.LeasesAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Value_TooLarge_IsRefusedAsSuch()
    {
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(_server));
        foreach (var size in (int[])[1_600_000, 3_000_000])
        {
            await Assert.ThatAsync(
                () => storage.CreateAsync("/a/1", new byte[size], null, CancellationToken.None),
                Throws.InstanceOf<ValueTooLargeException>(),
                $"{size} bytes");
        }

        Assert.That(await storage.GetAsync("/a/1", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Quota_Reached_IsToldAsFullAndReadsGoOn()
    {
        await using var small = await EtcdServer.StartAsync(new EtcdServerOptions { Arguments = ["--quota-backend-bytes=20000000"] });
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(small));
        await WriteAsync(storage, "/a/first");

        await Assert.ThatAsync(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await storage.CreateAsync($"/a/{i}", new byte[1_000_000], null, CancellationToken.None);
                }
            },
            Throws.InstanceOf<StorageFullException>());
        Assert.That(await storage.GetAsync("/a/first", CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task List_ManyLargeObjects_IsReadInPagesOfOneRevision()
    {
        await using var storage = EtcdFixture.Open(EtcdFixture.NewOptions(_server));
        for (var i = 0; i < 60; i++)
        {
            await storage.CreateAsync($"/large/{i:00}", new byte[1_000_000], null, CancellationToken.None);
        }

        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => WriteAsync(storage, $"/small/{i:0000}")));

        var large = await storage.ListAsync("/large/", StorageListOptions.All, CancellationToken.None);
        var small = await storage.ListAsync("/small/", new StorageListOptions { Limit = 1100 }, CancellationToken.None);

        Assert.That(large.Items.Select(item => item.Key), Is.EqualTo(Enumerable.Range(0, 60).Select(i => $"/large/{i:00}")));
        Assert.That((small.Items.Count, small.More, small.Remaining), Is.EqualTo((1100, true, 100L)));
    }

    [Test]
    public async Task ReadRevision_WriteOfAnotherReplica_IsSeenAndWatched()
    {
        var options = EtcdFixture.NewOptions(_server);
        await using var writer = EtcdFixture.Open(options);
        await using var other = EtcdFixture.Open(options);
        await using var elsewhere = EtcdFixture.Open(EtcdFixture.NewOptions(_server));
        Assert.That(await other.ReadRevisionAsync(CancellationToken.None), Is.Zero, "nothing was ever written");
        await using var reader = new EventReader(other, "/a/", 0, CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            var written = await WriteAsync(writer, $"/{(i % 2 == 0 ? "a" : "b")}/{i}");
            await WriteAsync(elsewhere, $"/a/{i}");
            var revision = await other.ReadRevisionAsync(CancellationToken.None);

            Assert.That(revision, Is.EqualTo(written));
            Assert.That(await reader.ThroughAsync(revision), Has.Count.EqualTo(i % 2 == 0 ? 1 : 0));
        }
    }

    private static async Task<long> WriteAsync(IStorage storage, string key) =>
        (await storage.CreateAsync(key, new byte[10], null, CancellationToken.None)).Revision;

    private static async Task<bool> IsCompactedAsync(IStorage storage, long revision)
    {
        try
        {
            await storage.ListAsync("/a/", new StorageListOptions { Revision = revision, Limit = 1 }, CancellationToken.None);
            return false;
        }
        catch (RevisionCompactedException)
        {
            return true;
        }
    }

    private async Task PassAsync(FakeTimeProvider clock, int rounds)
    {
        clock.Advance(Interval);
        await Eventually.Equal(rounds, () => _gateway.VersionAsync("compact_rev_key"), "a round of compaction");
    }
}
