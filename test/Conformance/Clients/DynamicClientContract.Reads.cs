using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Conformance.Clients;

public abstract partial class DynamicClientContract
{
    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(30);

    [Test]
    public async Task ListAsync_Pages_ShowEverythingOnceInOrder()
    {
        await CreateManyAsync(23);
        var first = await Client.ListAsync(Samples.ConfigMaps, Namespace, new ListOptions { Limit = 5, FieldSelector = "metadata.name!=kube-root-ca.crt" });
        var all = await NamesAsync(new ListOptions { Limit = 5, FieldSelector = "metadata.name!=kube-root-ca.crt" });
        Assert.Multiple(() =>
        {
            Assert.That(first.Items, Has.Count.EqualTo(5));
            Assert.That(first.Continue, Is.Not.Null);
            Assert.That(first.Items[0].Kind, Is.EqualTo("ConfigMap"));
            Assert.That(all, Is.EqualTo(Enumerable.Range(0, 23).Select(i => $"c{i:000}")));
        });
    }

    [Test]
    public async Task ListAsync_Selectors_Choose()
    {
        foreach (var (name, tier) in ((string, string)[])[("a", "web"), ("b", "db"), ("c", "web")])
        {
            await Client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(Namespace, name, "1", new() { ["tier"] = tier }));
        }

        Assert.That(await NamesAsync(new ListOptions { LabelSelector = "tier in (web, cache)" }), Is.EqualTo(["a", "c"]));
        Assert.That(await NamesAsync(new ListOptions { FieldSelector = "metadata.name=b" }), Is.EqualTo(["b"]));
        var e = await Assert.ThrowsAsync<StatusException>(() => Client.ListAsync(Samples.ConfigMaps, Namespace, new ListOptions { LabelSelector = "a b" }));
        Assert.That(e!.IsBadRequest);
    }

    [Test]
    public async Task GetAndList_Metadata_CarryNothingElse()
    {
        await CreateAsync("a");
        var one = await Client.GetAsync(Samples.ConfigMaps, Named("a"), new GetOptions { Representation = Representation.Metadata });
        var list = await Client.ListAsync(
            Samples.ConfigMaps, Namespace, new ListOptions { FieldSelector = "metadata.name=a", Representation = Representation.Metadata });
        foreach (var value in (KubeObject[])[one, list.Items[0]])
        {
            Assert.That($"{value.ApiVersion} {value.Kind} {value.Metadata.Name}", Is.EqualTo("meta.k8s.io/v1 PartialObjectMetadata a"));
            Assert.That(value.TryGetRaw(out _, "data"), Is.False);
        }
    }

    [Test]
    public async Task WatchAsync_FromVersion_GivesEveryEventInOrder()
    {
        var start = (await Client.ListAsync(Samples.ConfigMaps, Namespace)).ResourceVersion;
        await CreateAsync("a");
        await Client.PatchAsync(Samples.ConfigMaps, Named("a"), Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["data"] = new System.Text.Json.Nodes.JsonObject { ["key"] = "2" } }));
        await Client.DeleteAsync(Samples.ConfigMaps, Named("a"));
        var seen = await WatchAsync(new WatchOptions { ResourceVersion = start, FieldSelector = "metadata.name=a" }, 3);
        Assert.That(seen.Select(e => $"{e.Type} {Value(e.Object)}"), Is.EqualTo(["Added 1", "Modified 2", "Deleted 2"]));

        var resumed = await WatchAsync(new WatchOptions { ResourceVersion = seen[0].Object.Metadata.ResourceVersion, FieldSelector = "metadata.name=a" }, 2);
        Assert.That(resumed.Select(e => e.Object.Metadata.ResourceVersion), Is.EqualTo(seen.Skip(1).Select(e => e.Object.Metadata.ResourceVersion)));
    }

    [Test]
    public async Task WatchAsync_Metadata_CarriesNothingElse()
    {
        await CreateAsync("a");
        var seen = await WatchAsync(new WatchOptions { FieldSelector = "metadata.name=a", Representation = Representation.Metadata }, 1);
        Assert.That(seen[0].Object.Kind, Is.EqualTo("PartialObjectMetadata"));
        Assert.That(seen[0].Object.TryGetRaw(out _, "data"), Is.False);
    }

    [Test]
    public async Task WatchAsync_Timeout_EndsCleanly()
    {
        var start = (await Client.ListAsync(Samples.ConfigMaps, Namespace)).ResourceVersion;
        await CreateAsync("a");
        var opened = 0;
        var seen = new List<WatchEvent>();
        var options = new WatchOptions { ResourceVersion = start, Timeout = TimeSpan.FromSeconds(2), FieldSelector = "metadata.name=a", OnOpened = () => opened++ };
        await foreach (var change in Client.WatchAsync(Samples.ConfigMaps, Namespace, options))
        {
            seen.Add(change);
        }

        Assert.That(opened, Is.EqualTo(1));
        Assert.That(seen.Where(e => e.Type != WatchEventType.Bookmark).Select(e => e.Type), Is.EqualTo([WatchEventType.Added]));
    }

    [Test]
    public async Task WatchAsync_Cancelled_ThrowsOperationCanceled()
    {
        using var stop = new CancellationTokenSource();
        var options = new WatchOptions { OnOpened = stop.Cancel, FieldSelector = "metadata.name=none" };
        await Assert.CatchAsync<OperationCanceledException>(async () =>
        {
            await foreach (var change in Client.WatchAsync(Samples.ConfigMaps, Namespace, options, stop.Token))
            {
                Assert.Fail($"{change.Type} of nothing");
            }
        });
    }

    private async Task<List<WatchEvent>> WatchAsync(WatchOptions options, int count)
    {
        var seen = new List<WatchEvent>();
        using var limit = new CancellationTokenSource(WatchTime);
        await foreach (var change in Client.WatchAsync(Samples.ConfigMaps, Namespace, options with { AllowBookmarks = false }, limit.Token))
        {
            seen.Add(change);
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }

    private async Task CreateManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await CreateAsync($"c{i:000}");
        }
    }

    private async Task<List<string>> NamesAsync(ListOptions options)
    {
        var names = new List<string>();
        await foreach (var item in Client.ListAllAsync(Samples.ConfigMaps, Namespace, options))
        {
            names.Add(item.Metadata.Name);
        }

        return names;
    }
}
