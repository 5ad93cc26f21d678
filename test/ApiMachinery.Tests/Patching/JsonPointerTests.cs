using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Patching;

namespace KubeFed.ApiMachinery.Tests.Patching;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JsonPointerTests
{
    private const string Document = """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""";

    // The examples of RFC 6901, section 5.
    [TestCase("/foo", """["bar","baz"]""")]
    [TestCase("/foo/0", "\"bar\"")]
    [TestCase("/", "0")]
    [TestCase("/a~1b", "1")]
    [TestCase("/c%d", "2")]
    [TestCase("/e^f", "3")]
    [TestCase("/g|h", "4")]
    [TestCase("/i\\j", "5")]
    [TestCase("/k\"l", "6")]
    [TestCase("/ ", "7")]
    [TestCase("/m~0n", "8")]
    [TestCase("", Document)]
    public void TryGet_ExampleOfTheRfc_Finds(string pointer, string json)
    {
        Assert.That(JsonPointer.Parse(pointer).TryGet(JsonNode.Parse(Document), out JsonNode? value), Is.True);
        Assert.That(JsonNode.DeepEquals(value, JsonNode.Parse(json)), Is.True);
    }

    [TestCase("/nope")]
    [TestCase("/foo/2")]
    [TestCase("/foo/-")]
    [TestCase("/foo/00")]
    [TestCase("/foo/-1")]
    [TestCase("/foo/0/x")]
    public void TryGet_NothingThere_IsFalse(string pointer)
    {
        Assert.That(JsonPointer.Parse(pointer).TryGet(JsonNode.Parse(Document), out _), Is.False);
    }

    [Test]
    public void TryGet_Null_IsAValue()
    {
        Assert.That(JsonPointer.Parse("/a").TryGet(JsonNode.Parse("""{"a":null}"""), out JsonNode? value), Is.True);
        Assert.That(value, Is.Null);
    }

    [TestCase("a")]
    [TestCase("/~")]
    [TestCase("/a~2")]
    public void Parse_Malformed_Throws(string text)
    {
        Assert.That(() => JsonPointer.Parse(text), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void ToString_AnyTokens_ParsesBack()
    {
        Prop.ForAll(JsonTrees.Texts.ListOf().ToArbitrary(), static tokens =>
        {
            JsonPointer pointer = JsonPointer.Of(tokens);
            return JsonPointer.Parse(pointer.ToString()).Equals(pointer);
        }).QuickCheckThrowOnFailure();
    }
}
