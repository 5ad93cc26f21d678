using System.Diagnostics.Metrics;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage.Memory;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

/// <summary>The store over the real caches: what is written is read, listed and watched.</summary>
public sealed class StoreOverCachesTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Writes_ThroughTheStore_AreReadListedAndWatchedInAnyVersion(CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var storage = new MemoryStorage(TimeProvider.System);
        var types = new TypeRegistry();
        types.SetTypes("tests", [Widgets.Type]);
        await using var caches = new ResourceCacheSet(
            storage,
            types,
            type => value => StoredObjectCodec.Decode(value, type),
            new(),
            new(services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<ResourceCacheSet>.Instance);
        caches.Start();
        var store = new ResourceStore(storage, caches, AdmissionChain.Empty, [], TimeProvider.System);
        var beta = Context(version: "v1beta1");

        var created = await store.CreateAsync(Context(), Body(Widget()), new WriteOptions(), cancellationToken);
        var list = await store.ListAsync(beta, new ListOptions(), cancellationToken);
        await using var watch = await store.WatchAsync(beta, new WatchOptions { ResourceVersion = list.ResourceVersion, AllowBookmarks = false }, cancellationToken);
        await store.PatchAsync(Context("a"), Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["replicas"] = 2 } }), new WriteOptions(), cancellationToken);
        var read = await store.GetAsync(Context("a"), null, cancellationToken);
        await store.DeleteAsync(Context("a"), new DeleteOptions(), cancellationToken);

        var events = new List<ResourceEvent>();
        while (events.Count < 2)
        {
            events.AddRange(await watch.ReadAsync(cancellationToken));
        }

        Assert.That((list.Items.Single().ApiVersion, list.Items[0].Metadata.Uid), Is.EqualTo(("demo.example.dev/v1beta1", created.Metadata.Uid)));
        Assert.That(read.Metadata.Generation, Is.EqualTo(2));
        Assert.That(events.Select(e => e.Type), Is.EqualTo([WatchEventType.Modified, WatchEventType.Deleted]));
        Assert.That(events.Select(e => e.Payload.Object.ApiVersion), Is.All.EqualTo("demo.example.dev/v1beta1"));
    }
}
