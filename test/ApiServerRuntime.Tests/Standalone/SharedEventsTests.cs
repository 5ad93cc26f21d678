using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

/// <summary>Events of both groups are the same objects.</summary>
public sealed class SharedEventsTests
{
    private const string Happened = """
        {"eventTime":"2026-01-02T03:04:05.000000Z","regarding":{"kind":"ConfigMap","name":"app","namespace":"default"},"note":"all well",
         "reason":"Synced","type":"Normal","reportingController":"sync","reportingInstance":"sync-1","deprecatedCount":2}
        """;

    private static readonly ResourceType Core = BuiltinTypes.Get(string.Empty, "events");
    private static readonly ResourceType Modern = BuiltinTypes.Get("events.k8s.io", "events");

    [Test]
    public async Task Get_CreatedInTheOtherGroup_HasTheNamesOfThisOne()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(Modern, "app.1", Happened);

        var core = (await fixture.FindAsync(Core, "app.1", "default"))!;
        var modern = (await fixture.FindAsync(Modern, "app.1", "default"))!;

        Assert.That(core.ApiVersion, Is.EqualTo("v1"));
        Assert.That(core.GetString("involvedObject", "name"), Is.EqualTo("app"));
        Assert.That(core.GetString("message"), Is.EqualTo("all well"));
        Assert.That(core.GetString("reportingComponent"), Is.EqualTo("sync"));
        Assert.That(core.GetNode("count")!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(core.GetNode("regarding"), Is.Null);
        Assert.That(modern.ApiVersion, Is.EqualTo("events.k8s.io/v1"));
        Assert.That(modern.GetString("note"), Is.EqualTo("all well"));
        Assert.That(modern.GetNode("message"), Is.Null);
        Assert.That(modern.Metadata.ResourceVersion, Is.EqualTo(core.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Patch_InTheOtherGroup_KeepsWhatWasThere()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(Modern, "app.1", Happened);

        await fixture.Client.PatchAsync(Core, "default", "app.1", System.Text.Json.Nodes.JsonNode.Parse("""{"count":3}""")!, CancellationToken.None);

        var modern = (await fixture.FindAsync(Modern, "app.1", "default"))!;
        Assert.That(modern.GetNode("deprecatedCount")!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(modern.GetString("regarding", "name"), Is.EqualTo("app"));
    }

    [TestCase("", "involvedObject.name=app", 1)]
    [TestCase("", "involvedObject.name=other", 0)]
    [TestCase("events.k8s.io", "regarding.name=app", 1)]
    [TestCase("events.k8s.io", "regarding.name=other", 0)]
    [TestCase("events.k8s.io", "reportingController=sync", 1)]
    public async Task List_FieldSelector_SelectsByTheNamesOfTheGroup(string group, string selector, int found)
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(Modern, "app.1", Happened);

        var list = await fixture.Store.ListAsync(Context(BuiltinTypes.Get(group, "events")), new ListOptions { FieldSelector = selector }, CancellationToken.None);

        Assert.That(list.Items, Has.Count.EqualTo(found));
    }

    [Test]
    public async Task Create_PlainData_HasNoGeneration()
    {
        await using var fixture = new StandaloneFixture();

        var made = await fixture.CreateAsync(StandaloneFixture.ConfigMaps, "settings", """{"data":{"a":"b"}}""");

        Assert.That(made.GetNode("metadata", "generation"), Is.Null);
    }

    private static ResourceContext Context(ResourceType type) => new()
    {
        Type = type,
        Version = type.Versions[0],
        Namespace = "default",
        Name = string.Empty,
        User = SystemUser.Server,
        DefaultFieldManager = "test",
    };
}
