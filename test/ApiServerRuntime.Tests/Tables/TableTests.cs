using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Tables;
using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Golden;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Tables;

[TestFixture]
public sealed class TableTests
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
    private FakeTimeProvider _clock = null!;
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp()
    {
        _clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        _api = await TestApi.StartAsync(null, _clock);
        await _api.CreateAsync("a", """{"size":"small","replicas":3,"note":{"b":1}}""");
        await _api.CreateAsync("b", """{"replicas":1.9,"size":7,"note":null}""");
        _clock.Advance(TimeSpan.FromSeconds(90));
    }

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [Test]
    public async Task List_AsTable_IsKubectls()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?includeObject=None&limit=2&pretty=1", ("Accept", Table));
        Assert.That((answer.Code, answer.ContentType), Is.EqualTo((200, "application/json")));
        GoldenFile.Match("list.json", answer.Text);
    }

    [TestCase(".spec.list[0].x", "string", "\"1\"")]
    [TestCase(".spec.list[?(@.x==2)].y", "string", "\"two\"")]
    [TestCase(".spec.list[1].x", "integer", "2")]
    [TestCase(".spec.list[9].x", "integer", "null")]
    [TestCase(".spec.on", "boolean", "true")]
    [TestCase(".spec.on", "integer", "null")]
    [TestCase(".spec.ratio", "number", "1.5")]
    [TestCase(".spec.ratio", "string", "\"1.5\"")]
    [TestCase(".spec.list", "string", "\"[{\\\"x\\\":1},{\\\"x\\\":2,\\\"y\\\":\\\"two\\\"}]\"")]
    [TestCase(".spec.since", "date", "\"3d\"")]
    [TestCase(".spec.ratio", "date", "null")]
    [TestCase(".spec.text", "date", "\"<invalid>\"")]
    [TestCase(".spec.[", "string", "null")]
    public void Cell_TypeAndPath_IsKubectls(string path, string type, string expected)
    {
        var item = KubeObject.Parse(
            """{"apiVersion":"v1","kind":"W","metadata":{"name":"a"},"spec":{"list":[{"x":1},{"x":2,"y":"two"}],"on":true,"ratio":1.5,"since":"2026-05-01T12:00:00Z","text":"x"}}"""u8.ToArray());
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            new TableCell(new PrinterColumn("C", type, path)).Write(json, item, new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
        }

        Assert.That(System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan), Is.EqualTo(expected));
    }

    [Test]
    public async Task Get_AsTable_CarriesTheMetadata()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/a", ("Accept", "application/json;as=Table;v=v1beta1;g=meta.k8s.io"));
        Assert.That(answer.Text, Does.StartWith("""{"kind":"Table","apiVersion":"meta.k8s.io/v1beta1","metadata":{"resourceVersion":"101"},"columnDefinitions":[{"name":"Name","type":"string","format":"name","""));
        Assert.That(answer.Text, Does.Contain(
            """[{"cells":["a","small",3,"{\"b\":1}","90s"],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1beta1","metadata":{"name":"a","""));
        Assert.That(answer.Text, Does.Not.Contain("replicas\":3"));
    }

    [Test]
    public async Task List_IncludeObject_CarriesAll()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?includeObject=Object", ("Accept", Table));
        Assert.That(answer.Text, Does.Contain("\"object\":{\"apiVersion\":\"demo.example.dev/v1\",\"kind\":\"Widget\""));
    }

    [Test]
    public async Task List_UnknownIncludeObject_Answers400()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?includeObject=x", ("Accept", Table));
        Assert.That(answer.Code, Is.EqualTo(400));
        Assert.That(answer.Text, Does.Contain("Unable to convert to Table as requested: includeObject: Unsupported value: \\\"x\\\""));
    }

    [Test]
    public async Task Get_Failure_IsNoTable()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "/x", ("Accept", Table));
        Assert.That((answer.Code, answer.Text.StartsWith("{\"kind\":\"Status\"", StringComparison.Ordinal)), Is.EqualTo((404, true)));
    }

    [Test]
    public async Task List_AsPartialMetadata_HasOnlyMetadata()
    {
        TestApi.Answer answer = await _api.GetAsync(
            TestApi.Widgets,
            ("Accept", "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"));
        Assert.That(answer.Text, Does.StartWith(
            """{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"102"},"items":[{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a","""));
        Assert.That(answer.Text, Does.Not.Contain("spec"));
    }

    [TestCase("", "PartialObjectMetadata", "you requested PartialObjectMetadata, but the requested object is a list")]
    [TestCase("/a", "PartialObjectMetadataList", "you requested PartialObjectMetadataList, but the requested object is not a list")]
    public async Task Get_ShapeOfTheOtherSort_Answers406(string path, string kind, string message)
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + path, ("Accept", $"application/json;as={kind};g=meta.k8s.io;v=v1"));
        Assert.That((answer.Code, answer.Text.Contains(message, StringComparison.Ordinal)), Is.EqualTo((406, true)));
    }

    [Test]
    public async Task PatchAndDelete_AsPartialMetadata_HaveOnlyMetadata()
    {
        const string Accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
        TestApi.Answer patched = await _api.SendAsync(
            HttpMethod.Patch, TestApi.Widgets + "/a", """{"metadata":{"labels":{"x":"y"}}}""", "application/merge-patch+json", ("Accept", Accept));
        Assert.That(patched.Text, Does.StartWith("{\"kind\":\"PartialObjectMetadata\"").And.Contain("\"x\":\"y\"").And.Not.Contain("spec"));
    }
}
