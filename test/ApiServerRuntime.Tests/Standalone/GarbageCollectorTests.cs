using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Standalone.GarbageCollection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class GarbageCollectorTests
{
    [Test]
    public async Task Delete_Background_DeletesDependentsAfterwards()
    {
        await using var fixture = new StandaloneFixture();
        var owner = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "child", OwnedBy(owner));
        var collector = Collector(fixture);
        await LookAsync(fixture, collector);
        Assert.That(await FindAsync(fixture, "child"), Is.Not.Null);

        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "owner");
        await LookAsync(fixture, collector);

        Assert.That(await FindAsync(fixture, "child"), Is.Null);
    }

    [Test]
    public async Task Delete_Foreground_DeletesBlockingDependentsFirst()
    {
        await using var fixture = new StandaloneFixture();
        var owner = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");
        var child = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "child", OwnedBy(owner, blocks: true));
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "grandchild", OwnedBy(child, blocks: true));
        var collector = Collector(fixture);
        await LookAsync(fixture, collector);

        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "owner", PropagationPolicy.Foreground);
        await LookAsync(fixture, collector);
        Assert.That(await FindAsync(fixture, "owner"), Is.Not.Null, "its child is only being deleted");
        for (int round = 0; round < 5; round++)
        {
            await LookAsync(fixture, collector);
        }

        Assert.That(await FindAsync(fixture, "grandchild"), Is.Null);
        Assert.That(await FindAsync(fixture, "child"), Is.Null);
        Assert.That(await FindAsync(fixture, "owner"), Is.Null);
    }

    [Test]
    public async Task Delete_ForegroundWithoutDependents_DoesNotHang()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");
        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "owner", PropagationPolicy.Foreground);
        Assert.That(await FindAsync(fixture, "owner"), Is.Not.Null);

        await LookAsync(fixture, Collector(fixture));

        Assert.That(await FindAsync(fixture, "owner"), Is.Null);
    }

    [Test]
    public async Task Delete_Orphan_LeavesDependentsWithoutTheOwner()
    {
        await using var fixture = new StandaloneFixture();
        var owner = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "child", OwnedBy(owner));
        var collector = Collector(fixture);
        await LookAsync(fixture, collector);

        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "owner", PropagationPolicy.Orphan);
        await LookAsync(fixture, collector);

        Assert.That(await FindAsync(fixture, "owner"), Is.Null);
        Assert.That((await FindAsync(fixture, "child"))!.Metadata.OwnerReferences, Is.Empty);
    }

    [Test]
    public async Task Look_OwnerWithoutCollectorSeeingItsDeletion_CollectsAtStart()
    {
        await using var fixture = new StandaloneFixture();
        var owner = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "child", OwnedBy(owner));
        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "owner");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner");

        await LookAsync(fixture, Collector(fixture));

        Assert.That(await FindAsync(fixture, "child"), Is.Null, "the new owner is another object");
    }

    [Test]
    public async Task Look_OneOfTwoOwnersGone_KeepsTheOther()
    {
        await using var fixture = new StandaloneFixture();
        var gone = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "gone");
        var stays = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "stays");
        await fixture.CreateAsync(
            StandaloneFixture.ConfigMaps, "child", $$$"""{"metadata":{"ownerReferences":[{{{Reference(gone)}}},{{{Reference(stays)}}}]}}""");
        await fixture.DeleteAsync(StandaloneFixture.ConfigMaps, "gone");

        await LookAsync(fixture, Collector(fixture));

        Assert.That((await FindAsync(fixture, "child"))!.Metadata.OwnerReferences.Select(owner => owner.Name), Is.EqualTo(["stays"]));
    }

    [Test]
    public async Task Look_OwnerInAnotherNamespace_CollectsAndWarns()
    {
        await using var fixture = new StandaloneFixture();
        var owner = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "owner", "{}", "elsewhere");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "child", OwnedBy(owner));

        await LookAsync(fixture, Collector(fixture));

        Assert.That(await FindAsync(fixture, "child"), Is.Null);
        var events = await fixture.Caches.Get(ApiServerRuntime.Standalone.BuiltinTypes.Get("", "events")).NewestAsync(CancellationToken.None);
        Assert.That(events.Range("/events/").Select(item => item.Object.GetString("reason")), Is.EqualTo(["OwnerRefInvalidNamespace"]));
    }

    [Test]
    public async Task Look_OwnerOfUnknownKind_LeavesTheObject()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(
            StandaloneFixture.ConfigMaps,
            "child",
            """{"metadata":{"ownerReferences":[{"apiVersion":"example.dev/v1","kind":"Gadget","name":"g","uid":"1"}]}}""");

        await LookAsync(fixture, Collector(fixture));

        Assert.That(await FindAsync(fixture, "child"), Is.Not.Null);
    }

    private static string OwnedBy(KubeObject owner, bool blocks = false) =>
        $$$"""{"metadata":{"ownerReferences":[{{{Reference(owner, blocks)}}}]}}""";

    private static string Reference(KubeObject owner, bool blocks = false) =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{owner.Metadata.Name}}","uid":"{{owner.Metadata.Uid}}","blockOwnerDeletion":{{(blocks ? "true" : "false")}}}""";

    private static Task<KubeObject?> FindAsync(StandaloneFixture fixture, string name) => fixture.FindAsync(StandaloneFixture.ConfigMaps, name);

    private static GarbageCollector Collector(StandaloneFixture fixture) =>
        new(fixture.Types, fixture.Caches, fixture.Client, fixture.Clock, NullLogger.Instance);

    // What a watch would have told, as the difference to the state before.
    private static async Task LookAsync(StandaloneFixture fixture, GarbageCollector collector)
    {
        var snapshot = await fixture.Caches.Get(StandaloneFixture.ConfigMaps).NewestAsync(CancellationToken.None);
        collector.Watch(StandaloneFixture.ConfigMaps).Take(snapshot);
        await collector.DrainAsync(CancellationToken.None);
    }
}
