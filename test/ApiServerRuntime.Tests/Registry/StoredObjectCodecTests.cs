using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

public sealed class StoredObjectCodecTests
{
    private static readonly ResourceType Widgets = new()
    {
        Group = "demo.example.dev",
        Plural = "widgets",
        Singular = "widget",
        Kind = "Widget",
        ListKind = "WidgetList",
        Scope = ResourceScope.Namespaced,
        StorageVersion = "v1",
        Versions = [new ResourceTypeVersion { Name = "v1", Schema = StructuralSchema.Unknown }],
    };

    [Test]
    public void Encode_MembersInAnyOrder_GivesTheSameBytes()
    {
        var first = StoredObjectCodec.Encode(JsonNode.Parse("""{"kind":"W","spec":{"b":1,"a":[{"d":1,"c":2}]},"metadata":{"uid":"u","name":"x"},"apiVersion":"g/v1"}""")!.AsObject());
        var second = StoredObjectCodec.Encode(JsonNode.Parse("""{"apiVersion":"g/v1","kind":"W","metadata":{"name":"x","uid":"u"},"spec":{"a":[{"c":2,"d":1}],"b":1}}""")!.AsObject());

        Assert.That(Text(first), Is.EqualTo(Text(second)));
        Assert.That(Text(first), Is.EqualTo("""{"apiVersion":"g/v1","kind":"W","metadata":{"name":"x","uid":"u"},"spec":{"a":[{"c":2,"d":1}],"b":1}}"""));
    }

    [TestCase("1.0", "1")]
    [TestCase("1e3", "1000")]
    [TestCase("-0.50", "-0.5")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("1e-7", "1e-7")]
    public void Encode_Number_IsPrintedAsGoDoes(string given, string stored)
    {
        var tree = JsonNode.Parse($$"""{"n":{{given}}}""")!.AsObject();

        Assert.That(Text(StoredObjectCodec.Encode(tree)), Is.EqualTo($$"""{"n":{{stored}}}"""));
    }

    [TestCase("""{"name":"x","uid":"u"}""", """{"name":"x","resourceVersion":"7","uid":"u"}""")]
    [TestCase("""{"name":"x"}""", """{"name":"x","resourceVersion":"7"}""")]
    [TestCase("""{"uid":"u"}""", """{"resourceVersion":"7","uid":"u"}""")]
    [TestCase("{}", """{"resourceVersion":"7"}""")]
    public void Decode_StoredValue_CarriesTheRevisionInItsPlace(string metadata, string expected)
    {
        var decoded = StoredObjectCodec.Decode(Stored("""{"apiVersion":"g/v1","kind":"W","metadata":%,"spec":{}}""".Replace("%", metadata)), Widgets);

        Assert.That(Text(decoded.Utf8Json), Is.EqualTo("""{"apiVersion":"g/v1","kind":"W","metadata":%,"spec":{}}""".Replace("%", expected)));
        Assert.That(decoded.Metadata.ResourceVersion, Is.EqualTo("7"));
    }

    [Test]
    public void Encode_ObjectWithResourceVersion_LeavesItOut()
    {
        var tree = JsonNode.Parse("""{"metadata":{"name":"x","resourceVersion":"9"}}""")!.AsObject();

        Assert.That(Text(StoredObjectCodec.Encode(tree)), Is.EqualTo("""{"metadata":{"name":"x"}}"""));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"kind":"W"}""")]
    [TestCase("""{"metadata":[]}""")]
    public void Decode_DamagedValue_Throws(string stored) =>
        Assert.That(() => StoredObjectCodec.Decode(Stored(stored), Widgets), Throws.TypeOf<KubeObjectFormatException>());

    private static StoredValue Stored(string json) => new("/k", Encoding.UTF8.GetBytes(json), 7);

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
