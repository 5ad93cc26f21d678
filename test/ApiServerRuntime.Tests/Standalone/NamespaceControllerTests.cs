using System.Text.Json.Nodes;
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

    private static NamespaceController Controller(StandaloneFixture fixture) =>
        new(fixture.Types, fixture.Caches, fixture.Client, fixture.Clock, NullLogger.Instance);
}
