using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Definitions;
using KubeFed.ApiServerRuntime.Tests.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class DefinitionTests
{
    private static readonly GroupResource Gadgets = new("example.dev", "gadgets");

    [Test]
    public async Task Create_Definition_IsFilledIn()
    {
        await using var fixture = new StandaloneFixture();

        var made = await CreateAsync(fixture, "gadgets", "Gadget");

        Assert.That(made.Metadata.Finalizers, Is.EqualTo(["customresourcecleanup.apiextensions.k8s.io"]));
        Assert.That(made.GetString("spec", "names", "listKind"), Is.EqualTo("GadgetList"));
        Assert.That(made.GetNode("status", "storedVersions")!.ToJsonString(), Is.EqualTo("[\"v1\"]"));
    }

    [Test]
    public async Task Create_BuiltInGroup_IsRefused()
    {
        await using var fixture = new StandaloneFixture();

        var status = await StoreFixture.Refusal(() => CreateAsync(fixture, "gadgets", "Gadget", "coordination.k8s.io"));

        Assert.That(status.Message, Does.Contain("spec.group: Invalid value: \"coordination.k8s.io\": is built into the server"));
    }

    [Test]
    public async Task Create_WithoutSchema_IsRefused()
    {
        await using var fixture = new StandaloneFixture();

        var status = await StoreFixture.Refusal(() => CreateAsync(fixture, "gadgets", "Gadget", schema: ""));

        Assert.That(status.Code, Is.EqualTo(422));
        Assert.That(status.Message, Does.Contain("spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required"));
    }

    [Test]
    public async Task Take_NewDefinition_IsServedOnceItIsEstablished()
    {
        await using var fixture = new StandaloneFixture();
        await CreateAsync(fixture, "gadgets", "Gadget");
        var serving = Serving(fixture);
        serving.Take(await SnapshotAsync(fixture));
        Assert.That(fixture.Types.Current.Find(Gadgets), Is.Null);

        await serving.ReviewAsync("gadgets.example.dev", CancellationToken.None);
        serving.Take(await SnapshotAsync(fixture));

        var type = fixture.Types.Current.Find(Gadgets)!;
        await fixture.CreateAsync(type, "one");
        Assert.That(await fixture.FindAsync(type, "one"), Is.Not.Null);
    }

    [Test]
    public async Task Review_NameOfAnother_IsNotAccepted()
    {
        await using var fixture = new StandaloneFixture();
        var serving = Serving(fixture);
        await CreateAsync(fixture, "gadgets", "Gadget");
        await serving.ReviewAsync("gadgets.example.dev", CancellationToken.None);
        await CreateAsync(fixture, "widgets", "Gadget");

        await serving.ReviewAsync("widgets.example.dev", CancellationToken.None);

        var status = (await fixture.FindAsync(StandaloneFixture.Definitions, "widgets.example.dev"))!.GetNode("status")!.ToJsonString();
        Assert.That(status, Does.Contain("NotAccepted"));
        Assert.That(status, Does.Contain("is already in use"));
    }

    [Test]
    public async Task Clean_DeletedDefinition_DeletesItsObjectsFirst()
    {
        await using var fixture = new StandaloneFixture();
        var serving = Serving(fixture);
        await CreateAsync(fixture, "gadgets", "Gadget");
        await serving.ReviewAsync("gadgets.example.dev", CancellationToken.None);
        serving.Take(await SnapshotAsync(fixture));
        var type = fixture.Types.Current.Find(Gadgets)!;
        await fixture.CreateAsync(type, "one", """{"metadata":{"finalizers":["example.dev/hold"]}}""");
        await fixture.DeleteAsync(StandaloneFixture.Definitions, "gadgets.example.dev");
        var cleanup = new DefinitionCleanup(
            fixture.Types, new HashSet<GroupResource>(), fixture.Caches, fixture.Client, fixture.Clock, NullLogger.Instance);

        Assert.That(await cleanup.CleanAsync("gadgets.example.dev", CancellationToken.None), Is.False);
        var root = (await fixture.FindAsync(type, "one"))!.ToNode();
        root["metadata"]!.AsObject().Remove("finalizers");
        await fixture.Client.UpdateAsync(type, root, CancellationToken.None);

        Assert.That(await cleanup.CleanAsync("gadgets.example.dev", CancellationToken.None), Is.True);
        serving.Take(await SnapshotAsync(fixture));
        Assert.That(await fixture.FindAsync(StandaloneFixture.Definitions, "gadgets.example.dev"), Is.Null);
        Assert.That(fixture.Types.Current.Find(Gadgets), Is.Null);
    }

    private static Task<ApiMachinery.Objects.KubeObject> CreateAsync(
        StandaloneFixture fixture, string plural, string kind, string group = "example.dev", string schema = "\"openAPIV3Schema\":{\"type\":\"object\"}") =>
        fixture.CreateAsync(
            StandaloneFixture.Definitions,
            $"{plural}.{group}",
            $$$"""
            {"spec":{"group":"{{{group}}}","scope":"Namespaced","names":{"plural":"{{{plural}}}","kind":"{{{kind}}}"},
             "versions":[{"name":"v1","served":true,"storage":true,"schema":{ {{{schema}}} } } ] } }
            """);

    private static DefinitionServing Serving(StandaloneFixture fixture) =>
        new(fixture.Types, new HashSet<GroupResource>(), fixture.Caches, fixture.Client, fixture.Clock, NullLogger.Instance);

    private static ValueTask<ResourceSnapshot> SnapshotAsync(StandaloneFixture fixture) =>
        fixture.Caches.Get(StandaloneFixture.Definitions).NewestAsync(CancellationToken.None);
}
