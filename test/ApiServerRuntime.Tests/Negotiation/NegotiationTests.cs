using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Tests.Hosting;

namespace KubeFed.ApiServerRuntime.Tests.Negotiation;

[TestFixture]
public sealed class NegotiationTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp()
    {
        _api = await TestApi.StartAsync();
        await _api.CreateAsync("a");
    }

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [TestCase("", "application/json")]
    [TestCase("*/*", "application/json")]
    [TestCase("application/*", "application/json")]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", "application/json")]
    [TestCase("application/json;q=0.5, application/yaml", "application/yaml")]
    [TestCase("application/yaml;q=0.5, application/json;q=0.7", "application/json")]
    [TestCase("application/vnd.kubernetes.protobuf,application/json", "application/json")]
    [TestCase("application/json;charset=utf-8", "application/json")]
    [TestCase("application/json;as=Foo;g=meta.k8s.io;v=v1,application/yaml", "application/yaml")]
    public async Task Get_Accept_ChoosesTheType(string accept, string expected)
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a", ("Accept", accept));
        Assert.That((answer.Code, answer.ContentType), Is.EqualTo((200, expected)), answer.Text);
    }

    [TestCase("application/vnd.kubernetes.protobuf")]
    [TestCase("text/plain")]
    [TestCase("application/json;as=Foo;g=meta.k8s.io;v=v1")]
    [TestCase("application/json;as=Table;g=meta.k8s.io;v=v2")]
    [TestCase("application/json;as=Table")]
    [TestCase("application/json;charset=latin1")]
    [TestCase("application/json;stream=watch")]
    public async Task Get_NothingAcceptable_Answers406(string accept)
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a", ("Accept", accept));
        Assert.That(answer.Code, Is.EqualTo(406));
        Assert.That(answer.Text, Does.StartWith(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf","reason":"NotAcceptable","code":406}"""));
    }

    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/vnd.kubernetes.protobuf")]
    [TestCase("text/yaml")]
    public async Task Create_UnknownContentType_Answers415(string contentType)
    {
        TestApi.Answer answer = await _api.SendAsync(HttpMethod.Post, TestApi.Widgets, TestApi.WidgetJson("b"), contentType);
        Assert.That((answer.Code, answer.Text.Contains("UnsupportedMediaType", StringComparison.Ordinal)), Is.EqualTo((415, true)));
    }

    [Test]
    public async Task Patch_StrategicMergeOfCustomResource_Answers415()
    {
        TestApi.Answer answer = await _api.SendAsync(HttpMethod.Patch, TestApi.Widgets + "/a", "{}", "application/strategic-merge-patch+json");
        Assert.That(answer.Text, Is.EqualTo(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml","reason":"UnsupportedMediaType","code":415}""" + "\n"));
    }

    [TestCase("", "curl/8.0", true)]
    [TestCase("?pretty=0", "curl/8.0", false)]
    [TestCase("?pretty=true", "kubectl", true)]
    [TestCase("", "kubectl/v1", false)]
    [TestCase("", "Mozilla/5.0 (X11)", true)]
    public async Task Get_Pretty_IsUpstreams(string query, string agent, bool pretty)
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a" + query, ("User-Agent", agent));
        Assert.That(answer.Text.StartsWith("{\n  \"apiVersion\": ", StringComparison.Ordinal), Is.EqualTo(pretty), answer.Text);
    }

    [Test]
    public async Task List_Large_IsCompressedForThoseWhoTakeIt()
    {
        await _api.CreateAsync("b", $$"""{"note":"{{new string('x', 200_000)}}"}""");
        TestApi.Answer plain = await _api.GetAsync(TestApi.Widgets);
        TestApi.Answer packed = await _api.GetAsync(TestApi.Widgets, ("Accept-Encoding", "deflate, gzip"));
        TestApi.Answer small = await _api.GetAsync(TestApi.Widgets + "/a", ("Accept-Encoding", "gzip"));
        Assert.Multiple(() =>
        {
            Assert.That(plain.ContentHeaders.ContentEncoding, Is.Empty);
            Assert.That(plain.ContentHeaders.ContentLength, Is.EqualTo(plain.Bytes.Length));
            Assert.That(packed.ContentHeaders.ContentEncoding, Is.EqualTo(["gzip"]));
            Assert.That(Unpack(packed.Bytes), Is.EqualTo(plain.Text));
            Assert.That(small.ContentHeaders.ContentEncoding, Is.Empty);
        });
        TestApi.Answer one = await _api.GetAsync(TestApi.Widgets + "/b", ("Accept-Encoding", "gzip"));
        Assert.That(Unpack(one.Bytes), Does.EndWith("}\n"));
    }

    [Test]
    public async Task Create_DuplicateFields_AreTold()
    {
        TestApi.Answer answer = await _api.SendAsync(
            HttpMethod.Post, TestApi.Widgets, """{"kind":"Widget","apiVersion":"demo.example.dev/v1","metadata":{"name":"d"},"spec":{"size":"a","size":"b","list":[{"x":1,"x":2}]}}""");
        Assert.That(answer.Code, Is.EqualTo(201), answer.Text);
        (KubeFed.ApiServerRuntime.Registry.RequestBody body, _) =
            ((KubeFed.ApiServerRuntime.Registry.RequestBody, KubeFed.ApiMachinery.Meta.WriteOptions))_api.Store.Calls.Last().Options;
        Assert.That(body.DuplicateFields, Is.EqualTo(["spec.size", "spec.list[0].x"]));
        Assert.That((string?)JsonNode.Parse(answer.Text)!["spec"]!["size"], Is.EqualTo("b"));
    }

    [TestCase("", "<empty>")]
    [TestCase("[]", "5b5d")]
    [TestCase("{\"kind\":", "{\"kind\":")]
    [TestCase("null", "6e756c6c")]
    [TestCase("{\"a\":\"\\ud800\"}", "half a surrogate pair")]
    public async Task Create_NoObject_Answers400(string body, string expected)
    {
        TestApi.Answer answer = await _api.SendAsync(HttpMethod.Post, TestApi.Widgets, body);
        string message = (string)JsonNode.Parse(answer.Text)!["message"]!;
        Assert.That(answer.Code, Is.EqualTo(400), answer.Text);
        Assert.That(message, Does.StartWith("the object provided is unrecognized (must be of type Widget): couldn't get version/kind; json parse error: ").And.Contain(expected));
    }

    [Test]
    public async Task Create_TooDeep_Answers400()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);
        TestApi.Answer answer = await _api.SendAsync(HttpMethod.Post, TestApi.Widgets, deep);
        Assert.That(answer.Code, Is.EqualTo(400), answer.Text);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Create_TooLarge_Answers413(bool sayLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TestApi.Widgets);
        byte[] bytes = Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', 3_145_728) + "\"}");
        request.Content = sayLength ? new ByteArrayContent(bytes) : new StreamContent(new UnknownLength(bytes));
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await _api.Client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(413));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Request entity too large: limit is 3145728","reason":"RequestEntityTooLarge","code":413}""" + "\n"));
    }

    private static string Unpack(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
