using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Standalone.Namespaces;
using KubeFed.ApiServerRuntime.Tests.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class NamespaceControllerTests
{
    [Test]
    public async Task Empty_NamespaceWithObjects_DeletesThemAndIt()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "a", "{}", "team");
        await fixture.CreateAsync(StandaloneFixture.Secrets, "b", "{}", "team");
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "other", "{}", "else");
        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team");

        Assert.That(await Controller(fixture).EmptyAsync("team", CancellationToken.None), Is.True);

        Assert.That(await fixture.FindAsync(StandaloneFixture.Namespaces, "team"), Is.Null);
        Assert.That(await fixture.FindAsync(StandaloneFixture.ConfigMaps, "a", "team"), Is.Null);
        Assert.That(await fixture.FindAsync(StandaloneFixture.ConfigMaps, "other", "else"), Is.Not.Null);
    }

    [Test]
    public async Task Empty_ObjectHeldByFinalizer_SaysSoAndGoesOnLater()
    {
        await using var fixture = new StandaloneFixture();
        var held = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "a", """{"metadata":{"finalizers":["example.dev/hold"]}}""", "team");
        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team");
        var controller = Controller(fixture);

        Assert.That(await controller.EmptyAsync("team", CancellationToken.None), Is.False);

        var status = (await fixture.FindAsync(StandaloneFixture.Namespaces, "team"))!.GetNode("status")!;
        Assert.That(Message(status, "NamespaceContentRemaining"), Is.EqualTo("Some resources are remaining: configmaps. has 1 resource instances"));
        Assert.That(
            Message(status, "NamespaceFinalizersRemaining"),
            Is.EqualTo("Some content in the namespace has finalizers remaining: example.dev/hold in 1 resource instances"));

        var root = (await fixture.FindAsync(StandaloneFixture.ConfigMaps, "a", "team"))!.ToNode();
        root["metadata"]!.AsObject().Remove("finalizers");
        await fixture.Client.UpdateAsync(StandaloneFixture.ConfigMaps, root, CancellationToken.None);
        Assert.That(await controller.EmptyAsync("team", CancellationToken.None), Is.True);
        Assert.That(await fixture.FindAsync(StandaloneFixture.Namespaces, "team"), Is.Null);
        Assert.That(held.Metadata.Finalizers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Empty_OtherServerDoesNotAnswer_SaysSoAndWaits()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.Namespaces, "team");
        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team");
        var other = new FakeForeignContent { Left = NamespaceContent.None with { Undiscovered = ["example.dev/v1: away"] } };

        Assert.That(await Controller(fixture, other).EmptyAsync("team", CancellationToken.None), Is.False);

        var status = (await fixture.FindAsync(StandaloneFixture.Namespaces, "team"))!.GetNode("status")!;
        Assert.That(
            Message(status, "NamespaceDeletionDiscoveryFailure"),
            Is.EqualTo("Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: example.dev/v1: away"));
        Assert.That(Message(status, "NamespaceContentRemaining"), Is.EqualTo("All content successfully removed"));
    }

    [Test]
    public async Task Empty_OtherServerHasObjects_WaitsUntilTheyAreGone()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "a", """{"metadata":{"finalizers":["example.dev/hold"]}}""", "team");
        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team");
        var other = new FakeForeignContent
        {
            Left = new NamespaceContent(
                new Dictionary<GroupResource, int> { [new GroupResource("example.dev", "widgets")] = 2 },
                new Dictionary<string, int> { ["example.dev/hold"] = 2 },
                []),
        };
        var controller = Controller(fixture, other);

        Assert.That(await controller.EmptyAsync("team", CancellationToken.None), Is.False);
        var status = (await fixture.FindAsync(StandaloneFixture.Namespaces, "team"))!.GetNode("status")!;
        Assert.That(
            Message(status, "NamespaceContentRemaining"),
            Is.EqualTo("Some resources are remaining: configmaps. has 1 resource instances, widgets.example.dev has 2 resource instances"));
        Assert.That(Message(status, "NamespaceFinalizersRemaining"), Does.EndWith("example.dev/hold in 3 resource instances"));

        other.Left = NamespaceContent.None;
        var root = (await fixture.FindAsync(StandaloneFixture.ConfigMaps, "a", "team"))!.ToNode();
        root["metadata"]!.AsObject().Remove("finalizers");
        await fixture.Client.UpdateAsync(StandaloneFixture.ConfigMaps, root, CancellationToken.None);
        Assert.That(await controller.EmptyAsync("team", CancellationToken.None), Is.True);
        Assert.That(other.Asked, Is.All.EqualTo("team"));
    }

    [Test]
    public async Task Create_InTerminatingNamespace_IsRefused()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.Namespaces, "team");
        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team");

        var status = await StoreFixture.Refusal(() => fixture.CreateAsync(StandaloneFixture.ConfigMaps, "a", "{}", "team"));

        Assert.That(status.Code, Is.EqualTo(403));
    }

    private static string? Message(JsonNode status, string type) =>
        (string?)status["conditions"]!.AsArray().First(condition => (string?)condition!["type"] == type)!["message"];

    private static NamespaceController Controller(StandaloneFixture fixture, IForeignContent? foreign = null) =>
        new(fixture.Types, fixture.Caches, fixture.Client, fixture.Clock, NullLogger.Instance, foreign);

    private sealed class FakeForeignContent : IForeignContent
    {
        public NamespaceContent Left { get; set; } = NamespaceContent.None;

        public List<string> Asked { get; } = [];

        public Task<NamespaceContent> DeleteAsync(string @namespace, CancellationToken cancellationToken)
        {
            Asked.Add(@namespace);
            return Task.FromResult(Left);
        }
    }
}
