using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Auditing;
using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Auditing;

[TestFixture, Parallelizable(ParallelScope.All)]
public class AuditFilterTests
{
    private static readonly ResourceType Secrets = FakeTypes.Widget with { Group = string.Empty, Plural = "secrets", Singular = "secret", Kind = "Secret", ListKind = "SecretList" };

    [Test]
    public async Task Create_AtRequestResponse_WritesBothBodiesAndTheOutcome()
    {
        await using var scene = await SceneAsync("RequestResponse");
        await scene.Api.CreateAsync("one");
        var (received, complete) = await scene.TwoAsync();
        Assert.Multiple(() =>
        {
            Assert.That((string?)received["stage"], Is.EqualTo("RequestReceived"));
            Assert.That(received["requestObject"], Is.Null);
            Assert.That((string?)complete["stage"], Is.EqualTo("ResponseComplete"));
            Assert.That((string?)complete["auditID"], Is.EqualTo((string?)received["auditID"]));
            Assert.That((string?)complete["verb"], Is.EqualTo("create"));
            Assert.That((string?)complete["user"]!["username"], Is.EqualTo("admin"));
            Assert.That((string?)complete["requestURI"], Is.EqualTo(TestApi.Widgets));
            Assert.That(
                complete["objectRef"]!.ToJsonString(),
                Is.EqualTo("""{"resource":"widgets","namespace":"default","apiGroup":"demo.example.dev","apiVersion":"v1"}"""));
            Assert.That((int?)complete["responseStatus"]!["code"], Is.EqualTo(201));
            Assert.That((string?)complete["requestObject"]!["metadata"]!["name"], Is.EqualTo("one"));
            Assert.That((string?)complete["responseObject"]!["metadata"]!["name"], Is.EqualTo("one"));
        });
    }

    [Test]
    public async Task Create_AtRequestResponse_IsAnsweredAsWithoutAudit()
    {
        await using var scene = await SceneAsync("RequestResponse");
        var answer = await scene.Api.SendAsync(HttpMethod.Post, TestApi.Widgets, TestApi.WidgetJson("one"), null, ("Audit-Id", "my-id"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(201));
            Assert.That((string?)JsonNode.Parse(answer.Text)!["metadata"]!["name"], Is.EqualTo("one"));
            Assert.That(answer.Headers.GetValues("Audit-Id"), Is.EqualTo(new[] { "my-id" }));
        });
    }

    [Test]
    public async Task Secret_AtRequestResponse_IsNeverWritten()
    {
        await using var scene = await SceneAsync("RequestResponse", Secrets);
        var answer = await scene.Api.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/default/secrets", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"password":"aHVudGVyMg=="}}""");
        Assert.That(answer.Code, Is.EqualTo(201), answer.Text);
        var (_, complete) = await scene.TwoAsync();
        Assert.That((string?)complete["level"], Is.EqualTo("Metadata"));
        Assert.That(scene.Sink.Text, Does.Not.Contain("aHVudGVyMg=="));
    }

    [Test]
    public async Task Forbidden_AnyLevel_IsWrittenWithItsReason()
    {
        await using var scene = await SceneAsync("Metadata");
        var answer = await scene.Api.GetAsync(TestApi.Widgets, ("X-User", "alice"));
        var (_, complete) = await scene.TwoAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(403));
            Assert.That((int?)complete["responseStatus"]!["code"], Is.EqualTo(403));
            Assert.That((string?)complete["responseStatus"]!["reason"], Is.EqualTo("Forbidden"));
        });
    }

    [Test]
    public async Task WrongCredentials_AnyLevel_IsWrittenWithoutAName()
    {
        await using var scene = await SceneAsync("RequestResponse");
        var answer = await scene.Api.GetAsync(TestApi.Widgets, ("X-User", "nobody"));
        var (_, complete) = await scene.TwoAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(401));
            Assert.That((int?)complete["responseStatus"]!["code"], Is.EqualTo(401));
            Assert.That((string?)complete["user"]!["username"] ?? string.Empty, Is.Empty);
        });
    }

    [Test]
    public async Task Failure_AtRequestResponse_IsStillAnswered()
    {
        await using var scene = await SceneAsync("RequestResponse");
        var answer = await scene.Api.GetAsync(TestApi.Widgets + "/nothing");
        Assert.That((answer.Code, JsonNode.Parse(answer.Text)!["reason"]!.GetValue<string>()), Is.EqualTo((404, "NotFound")));
    }

    [Test]
    public async Task Watch_WhenItBegins_IsWritten()
    {
        await using var scene = await SceneAsync("RequestResponse");
        using (await scene.Api.Client.GetAsync(TestApi.Widgets + "?watch=1", HttpCompletionOption.ResponseHeadersRead))
        {
            var (_, started) = await scene.TwoAsync();
            Assert.That(((string?)started["stage"], (string?)started["verb"]), Is.EqualTo(("ResponseStarted", "watch")));
        }
    }

    [Test]
    public async Task Impersonation_AnyRequest_NamesBoth()
    {
        await using var scene = await SceneAsync("Metadata");
        await scene.Api.GetAsync(TestApi.Widgets, ("Impersonate-User", "bob"));
        var (_, complete) = await scene.TwoAsync();
        Assert.That(
            ((string?)complete["user"]!["username"], (string?)complete["impersonatedUser"]!["username"]), Is.EqualTo(("admin", "bob")));
    }

    private static async Task<Scene> SceneAsync(string level, params ResourceType[] types)
    {
        var policy = AuditPolicy.Parse($"{{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{{level: {level}}}]}}");
        var sink = new MemorySink();
        var log = new AuditLog(sink, new AuditLogOptions(), TimeProvider.System, NullLogger.Instance);
        var filter = new AuditFilter(policy, log, TimeProvider.System);
        return new Scene(await TestApi.StartAsync(options => options with { Audit = filter, Types = types.Length == 0 ? options.Types : new FakeTypes(types) }), log, sink);
    }

    private sealed record Scene(TestApi Api, AuditLog Log, MemorySink Sink) : IAsyncDisposable
    {
        public async Task<(JsonObject First, JsonObject Second)> TwoAsync()
        {
            await Eventually.HoldsAsync(() => Sink.Events.Count >= 2, () => Sink.Text);
            return (Sink.Events[0], Sink.Events[1]);
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await Log.DisposeAsync();
        }
    }
}
