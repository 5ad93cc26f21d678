using System.Net;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using static KubeFed.KubeClient.Tests.Dynamic.ScriptedTransport;

namespace KubeFed.KubeClient.Tests.Dynamic;

[Parallelizable(ParallelScope.All)]
public sealed class DynamicClientTests
{
    private const string Object = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"namespace":"ns","name":"a","resourceVersion":"7"}}""";

    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");
    private static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");
    private static readonly NamespacedName Name = new("ns", "a");

    [Test]
    public async Task GetAsync_Namespaced_AsksForThePath()
    {
        var transport = new ScriptedTransport(Ok(Object), Ok(Object), Ok(Object));
        var client = new DynamicClient(transport);
        await client.GetAsync(ConfigMaps, Name);
        await client.GetAsync(Deployments, Name, new GetOptions { Subresource = "status", ResourceVersion = "0", Representation = Representation.Metadata });
        await client.GetAsync(new("rbac.authorization.k8s.io", "v1", "clusterroles"), NamespacedName.Cluster("system:a b"));

        Assert.Multiple(() =>
        {
            Assert.That(transport.Requests[0].Uri, Is.EqualTo("https://api.test:6443/base/api/v1/namespaces/ns/configmaps/a"));
            Assert.That(transport.Requests[0].Accept, Is.EqualTo("application/json"));
            Assert.That(transport.Requests[1].Uri, Is.EqualTo("https://api.test:6443/base/apis/apps/v1/namespaces/ns/deployments/a/status?resourceVersion=0"));
            Assert.That(transport.Requests[1].Accept, Does.StartWith("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,"));
            Assert.That(transport.Requests[2].Uri, Does.EndWith("/clusterroles/system%3Aa%20b"));
        });
    }

    [TestCase("..")]
    [TestCase(".")]
    [TestCase("a/b")]
    [TestCase("a%2Fb")]
    [TestCase("")]
    public async Task GetAsync_NameStepsOutOfItsSegment_IsRefusedUnsent(string name)
    {
        var transport = new ScriptedTransport();
        var e = await Assert.ThrowsAsync<StatusException>(() => new DynamicClient(transport).GetAsync(ConfigMaps, new("ns", name)));
        Assert.Multiple(() =>
        {
            Assert.That(e!.IsBadRequest);
            Assert.That(transport.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task ListAsync_AllOptions_AreSent()
    {
        var transport = new ScriptedTransport(Ok("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"5","continue":"next","remainingItemCount":3},"items":[]}"""));
        var list = await new DynamicClient(transport).ListAsync(ConfigMaps, null, new ListOptions
        {
            LabelSelector = "a in (b,c)",
            FieldSelector = "metadata.name=x",
            Limit = 10,
            Continue = "tok+en",
            ResourceVersion = "4",
            ResourceVersionMatch = ResourceVersionMatch.NotOlderThan,
        });

        Assert.Multiple(() =>
        {
            Assert.That(transport.Requests[0].Uri, Does.EndWith(
                "/api/v1/configmaps?labelSelector=a%20in%20%28b%2Cc%29&fieldSelector=metadata.name%3Dx&limit=10&continue=tok%2Ben&resourceVersion=4&resourceVersionMatch=NotOlderThan"));
            Assert.That(list, Is.EqualTo(new KubeObjectList(list.Items, "5", "next", 3)));
        });
    }

    [TestCase("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"},"data":{"x":"]}"}}]}""")]
    [TestCase("""{ "items" : [ {"metadata":{"name":"a"}} , {"metadata":{"name":"b"}} ] , "metadata":{"resourceVersion":"5"}, "apiVersion":"v1","kind":"ConfigMapList" }""")]
    [TestCase("""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"},"kind":"ConfigMap","apiVersion":"v1"},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}]}""")]
    public async Task ListAsync_Items_GetTypesAndTheirOwnBytes(string body)
    {
        var list = await new DynamicClient(new ScriptedTransport(Ok(body))).ListAsync(ConfigMaps, "ns");
        Assert.Multiple(() =>
        {
            Assert.That(list.ResourceVersion, Is.EqualTo("5"));
            Assert.That(list.Items.Select(i => $"{i.ApiVersion} {i.Kind} {i.Metadata.Name}"), Is.EqualTo(["v1 ConfigMap a", "v1 ConfigMap b"]));
            foreach (var item in list.Items)
            {
                System.Runtime.InteropServices.MemoryMarshal.TryGetArray(item.Utf8Json, out var bytes);
                Assert.That(bytes.Array, Has.Length.EqualTo(item.Utf8Json.Length));
            }
        });
    }

    [TestCase("""{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}""")]
    [TestCase("""{"kind":"ConfigMapList","apiVersion":"v1","items":[7]}""")]
    [TestCase("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":7}""")]
    [TestCase("[]")]
    [TestCase("")]
    public async Task ListAsync_NoList_ThrowsFormat(string body) => await Assert.ThrowsAsync<KubeObjectFormatException>(
        () => new DynamicClient(new ScriptedTransport(Ok(body))).ListAsync(ConfigMaps, "ns"));

    [TestCase("""{"kind":"AList","apiVersion":"v1","metadata":{"remainingItemCount":"3"},"items":[]}""", null)]
    [TestCase("""{"kind":"AList","apiVersion":"v1","metadata":{"remainingItemCount":1.5},"items":[]}""", null)]
    [TestCase("""{"kind":"AList","apiVersion":"v1","metadata":{"remainingItemCount":1e99},"items":[]}""", null)]
    [TestCase("""{"kind":"AList","apiVersion":"v1","metadata":{"remainingItemCount":3},"items":[]}""", 3L)]
    public async Task ListAsync_Remaining_IsTheCountOrNothing(string body, long? remaining) => Assert.That(
        (await new DynamicClient(new ScriptedTransport(Ok(body))).ListAsync(ConfigMaps, "ns")).RemainingItemCount, Is.EqualTo(remaining));

    [Test]
    public async Task Writes_EachVerb_SendsMethodTypeAndQuery()
    {
        var transport = new ScriptedTransport([.. Enumerable.Range(0, 8).Select(_ => Ok(Object))]);
        var client = new DynamicClient(transport);
        var value = KubeObject.Parse(System.Text.Encoding.UTF8.GetBytes(Object));
        await client.CreateAsync(ConfigMaps, value, new WriteOptions { DryRun = true, FieldManager = "me", FieldValidation = FieldValidation.Strict });
        await client.UpdateStatusAsync(ConfigMaps, value);
        await client.PatchAsync(ConfigMaps, Name, Patch.Json(new JsonArray()));
        await client.PatchAsync(ConfigMaps, Name, Patch.Merge(new JsonObject { ["a"] = 1 }));
        await client.PatchAsync(ConfigMaps, Name, Patch.StrategicMerge(new JsonObject()));
        await client.ApplyAsync(ConfigMaps, Name, value.Utf8Json, new ApplyOptions { FieldManager = "me", Force = true });
        await client.MergeStatusAsync(ConfigMaps, Name, new JsonObject { ["b"] = 2 });
        await client.DeleteAsync(ConfigMaps, Name, new DeleteOptions
        {
            GracePeriodSeconds = 0,
            PropagationPolicy = PropagationPolicy.Foreground,
            PreconditionUid = "u",
            PreconditionResourceVersion = "7",
            DryRun = true,
        });

        const string Base = "https://api.test:6443/base/api/v1/namespaces/ns/configmaps";
        Assert.That(transport.Requests.Select(r => $"{r.Method} {r.Uri} {r.ContentType} {(r.Body == Object ? "object" : r.Body)}"), Is.EqualTo([
            $"POST {Base}?fieldManager=me&fieldValidation=Strict&dryRun=All application/json object",
            $"PUT {Base}/a/status application/json object",
            $"PATCH {Base}/a application/json-patch+json []",
            $$"""PATCH {{Base}}/a application/merge-patch+json {"a":1}""",
            $$"""PATCH {{Base}}/a application/strategic-merge-patch+json {}""",
            $"PATCH {Base}/a?fieldManager=me&force=true application/apply-patch+yaml object",
            $$$"""PATCH {{{Base}}}/a/status application/merge-patch+json {"status":{"b":2}}""",
            $$"""DELETE {{Base}}/a application/json {"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0,"propagationPolicy":"Foreground","preconditions":{"uid":"u","resourceVersion":"7"},"dryRun":["All"]}""",
        ]));
    }

    [Test]
    public async Task DeleteAsync_Answers_TellWhetherItIsGone()
    {
        var client = new DynamicClient(new ScriptedTransport(Ok("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"}"""), Ok(Object)));
        var gone = await client.DeleteAsync(ConfigMaps, Name);
        var stays = await client.DeleteAsync(ConfigMaps, Name);
        Assert.Multiple(() =>
        {
            Assert.That(gone, Is.Null);
            Assert.That(stays?.Metadata.Name, Is.EqualTo("a"));
        });
    }

    [Test]
    public async Task GetAsync_ServerStatus_IsThrownAsItIs()
    {
        const string Body = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"configmaps \"a\" not found","reason":"NotFound","details":{"name":"a","kind":"configmaps"},"code":404}""";
        var e = await Assert.ThrowsAsync<StatusException>(
            () => new DynamicClient(new ScriptedTransport(Answer(HttpStatusCode.NotFound, Body))).GetAsync(ConfigMaps, Name));
        Assert.Multiple(() =>
        {
            Assert.That(e!.IsNotFound);
            Assert.That(e!.Message, Is.EqualTo("configmaps \"a\" not found"));
        });
    }

    [TestCase(404, "404 page not found\n", "the server answered 404 Not Found to GET /api/v1/namespaces/ns/configmaps/a: 404 page not found")]
    [TestCase(502, "<html><head><title>502 Bad\nGateway</title></head></html>", "the server answered 502 Bad Gateway to GET /api/v1/namespaces/ns/configmaps/a: 502 Bad Gateway")]
    [TestCase(500, "", "the server answered 500 Internal Server Error to GET /api/v1/namespaces/ns/configmaps/a")]
    public async Task GetAsync_NoStatusBody_IsMadeOne(int code, string body, string message)
    {
        var e = await Assert.ThrowsAsync<StatusException>(
            () => new DynamicClient(new ScriptedTransport(Answer((HttpStatusCode)code, body, "text/plain"))).GetAsync(ConfigMaps, Name));
        Assert.Multiple(() =>
        {
            Assert.That(e!.Message, Is.EqualTo(message));
            Assert.That(e!.Code, Is.EqualTo(code));
        });
    }

    [Test]
    public async Task FindAsync_NotFound_IsNull() => Assert.That(
        await new DynamicClient(new ScriptedTransport(Answer(HttpStatusCode.NotFound, "gone", "text/plain"))).FindAsync(ConfigMaps, Name), Is.Null);

    [Test]
    public async Task GetPathAsync_Failure_IsReturned() => Assert.That(
        await new DynamicClient(new ScriptedTransport(Answer(HttpStatusCode.InternalServerError, "[-]etcd failed", "text/plain"))).GetPathAsync("/readyz"),
        Is.EqualTo((500, "[-]etcd failed")));

    [Test]
    public async Task GetAsync_AnswerTooLarge_Throws()
    {
        var client = new DynamicClient(new ScriptedTransport(Ok(new string(' ', 2000))), new DynamicClientOptions { MaxObjectBytes = 1000 });
        await Assert.ThrowsAsync<AnswerTooLargeException>(() => client.GetAsync(ConfigMaps, Name));
    }
}
