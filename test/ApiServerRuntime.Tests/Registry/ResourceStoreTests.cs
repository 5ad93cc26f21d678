using KubeFed.ApiMachinery.Meta;
using static KubeFed.ApiServerRuntime.Tests.Registry.StoreFixture;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class ResourceStoreTests
{
    [Test]
    public async Task Create_NewObject_FillsInTheServersMetadata()
    {
        await using var fixture = new StoreFixture();

        var created = await fixture.CreateAsync(Widget("\"name\":\"a\",\"uid\":\"mine\",\"selfLink\":\"/x\",\"generation\":7,\"deletionTimestamp\":\"2020-01-01T00:00:00Z\""));

        Assert.That(Guid.TryParse(created.Metadata.Uid, out _), Is.True);
        Assert.That(created.Metadata.Generation, Is.EqualTo(1));
        Assert.That(created.Metadata.Namespace, Is.EqualTo("default"));
        Assert.That(created.GetString("metadata", "creationTimestamp"), Is.EqualTo("2026-01-02T03:04:05Z"));
        Assert.That(created.Metadata.ResourceVersion, Is.EqualTo("2"));
        Assert.That(created.Metadata.IsDeleting, Is.False);
        Assert.That((await fixture.GetAsync()).Utf8Json.ToArray(), Is.EqualTo(created.Utf8Json.ToArray()));
    }

    [Test]
    public async Task Update_OtherSpec_RaisesTheGeneration()
    {
        await using var fixture = new StoreFixture();
        var created = await fixture.CreateAsync(Widget());

        var updated = await fixture.UpdateAsync(Widget($"\"name\":\"a\",\"resourceVersion\":\"{created.Metadata.ResourceVersion}\"", "\"spec\":{\"replicas\":2}"));

        Assert.That(updated.Metadata.Generation, Is.EqualTo(2));
        Assert.That(updated.Metadata.Uid, Is.EqualTo(created.Metadata.Uid));
        Assert.That(updated.Metadata.ResourceVersion, Is.EqualTo("3"));
    }

    [Test]
    public async Task Update_NothingChanged_WritesNothing()
    {
        await using var fixture = new StoreFixture();
        var created = await fixture.CreateAsync(Widget());

        var updated = await fixture.UpdateAsync(Widget("\"name\":\"a\",\"resourceVersion\":\"2\""));

        Assert.That(updated.Metadata.ResourceVersion, Is.EqualTo(created.Metadata.ResourceVersion));
        Assert.That(await fixture.Storage.ReadRevisionAsync(CancellationToken.None), Is.EqualTo(2));
    }

    [TestCase(PatchType.Json, """[{"op":"replace","path":"/spec/replicas","value":5}]""")]
    [TestCase(PatchType.Merge, """{"spec":{"replicas":5}}""")]
    public async Task Patch_OfSpec_IsStored(PatchType type, string patch)
    {
        await using var fixture = new StoreFixture();
        await fixture.CreateAsync(Widget());

        var patched = await fixture.PatchAsync(type, patch);

        Assert.That(patched.GetNode("spec", "replicas")!.GetValue<int>(), Is.EqualTo(5));
        Assert.That(patched.Metadata.Generation, Is.EqualTo(2));
    }

    [Test]
    public async Task Delete_NoFinalizers_RemovesTheObject()
    {
        await using var fixture = new StoreFixture();
        var created = await fixture.CreateAsync(Widget());

        var deleted = await fixture.DeleteAsync();

        Assert.That(deleted.Terminating, Is.Null);
        Assert.That(deleted.Removed!.Outcome, Is.EqualTo("Success"));
        Assert.That(deleted.Removed.Details!.Uid, Is.EqualTo(created.Metadata.Uid));
        Assert.That((await Refusal(() => fixture.GetAsync())).Code, Is.EqualTo(404));
    }

    [Test]
    public async Task List_OfNamespace_GivesItsObjectsInOrder()
    {
        await using var fixture = new StoreFixture();
        foreach (string name in (string[])["b", "a", "c"])
        {
            await fixture.CreateAsync(Widget($"\"name\":\"{name}\""));
        }

        await fixture.CreateAsync(Widget("\"name\":\"x\""), context: Context(@namespace: "other"));

        var list = await fixture.ListAsync();

        Assert.That(list.Items.Select(item => item.Metadata.Name), Is.EqualTo(["a", "b", "c"]));
        Assert.That(list.ResourceVersion, Is.EqualTo("5"));
    }
}
