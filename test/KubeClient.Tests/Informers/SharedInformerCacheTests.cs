using KubeFed.ApiMachinery.Meta;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.KubeClient.Tests.Informers;

[Parallelizable(ParallelScope.All)]
public sealed class SharedInformerCacheTests
{
    [Test]
    public async Task Acquire_SameOptions_SharesOneWatchUntilTheLastLeaves()
    {
        var api = new FakeApi();
        await using var cache = new SharedInformerCache(new DynamicClient(api));
        var first = cache.Acquire(FakeApi.Resource);
        var second = cache.Acquire(FakeApi.Resource, new InformerOptions());
        Assert.That(second.Informer, Is.SameAs(first.Informer));
        await first.Informer.WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.Equal(1, () => api.OpenWatches, "one watch");

        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.That(cache.Count, Is.EqualTo(1));
        await second.DisposeAsync();
        Assert.That(cache.Count, Is.Zero);
        Assert.That(api.Requests.Count(r => r.StartsWith("list", StringComparison.Ordinal)), Is.EqualTo(1));

        await using var third = cache.Acquire(FakeApi.Resource);
        Assert.That(third.Informer, Is.Not.SameAs(first.Informer));
    }

    [Test]
    public async Task Acquire_OtherOptions_AreOtherInformers()
    {
        await using var cache = new SharedInformerCache(new DynamicClient(new FakeApi()));
        await using var full = cache.Acquire(FakeApi.Resource);
        await using var metadata = cache.Acquire(FakeApi.Resource, new InformerOptions { Representation = Representation.Metadata });
        Assert.That(cache.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task DisposeAsync_HeldInformers_StopAndNoneComeAfter()
    {
        var cache = new SharedInformerCache(new DynamicClient(new FakeApi()));
        var lease = cache.Acquire(FakeApi.Resource);
        await cache.DisposeAsync();
        await lease.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => cache.Acquire(FakeApi.Resource));
    }
}
