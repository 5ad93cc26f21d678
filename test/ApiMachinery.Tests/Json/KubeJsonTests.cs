using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Tests.Json;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KubeJsonTests
{
    [TestCase("", "the document is empty", "")]
    [TestCase("{", "not JSON", "")]
    [TestCase("{\"a\":[1,{\"b\":tru}]}", "not JSON", "a[1].b")]
    [TestCase("{} {}", "not JSON", "")]
    [TestCase("[1,]", "not JSON", "[0]")]
    [TestCase("{\"a\":1,\"a\":2}", "the member \"a\" is given twice", "a")]
    [TestCase("{\"a\":[[],[{\"x\":1,\"\\u0078\":2}]]}", "the member \"x\" is given twice", "a[1][0].x")]
    [TestCase("{\"a\":{\"b\":1},\"c\":[\"\\ud800\"]}", "half a surrogate pair", "c[0]")]
    [TestCase("{\"\\ud800\":1}", "half a surrogate pair", "")]
    public void Parse_Bad_SaysWhereAndWhy(string json, string reason, string path)
    {
        JsonFormatException? error = Assert.Throws<JsonFormatException>(() => KubeJson.Parse(json));

        Assert.That(error!.Reason, Does.Contain(reason));
        Assert.That(error.Path, Is.EqualTo(path));
    }

    [Test]
    public void Parse_FaultOnLaterLine_GivesLineAndColumn()
    {
        JsonFormatException? error = Assert.Throws<JsonFormatException>(() => KubeJson.Parse("{\n \"a\": 1,\n \"a\": 2\n}"));

        Assert.That(error!.Message, Is.EqualTo("line 3, column 2: a: the member \"a\" is given twice"));
    }

    [Test]
    public void Parse_DuplicatesAllowed_LastWins()
    {
        JsonNode? read = KubeJson.Parse("{\"a\":1,\"a\":2}", new JsonLimits { RefuseDuplicates = false });

        Assert.That((int?)read!["a"], Is.EqualTo(2));
    }

    [TestCase(512, true)]
    [TestCase(513, false)]
    [TestCase(100_000, false)]
    public void Parse_Nested_UpToTheLimit(int depth, bool allowed)
    {
        string json = new string('[', depth) + new string(']', depth);

        Assert.That(() => KubeJson.Parse(json), allowed ? Throws.Nothing : Throws.TypeOf<JsonFormatException>().With.Message.Contains("512"));
    }

    [Test]
    public void Parse_TooLarge_IsRefused()
    {
        Assert.That(() => KubeJson.Parse("[1,2,3]", new JsonLimits { MaxBytes = 3 }), Throws.TypeOf<JsonFormatException>());
    }

    [Test]
    public void Parse_NotUtf8_GivesThePlace()
    {
        byte[] bytes = [(byte)'"', (byte)'\n', 0xC3, (byte)'"'];

        Assert.That(() => KubeJson.Parse(bytes), Throws.TypeOf<JsonFormatException>().With.Message.EqualTo("line 2, column 1: the text is not UTF-8"));
    }

    [Test]
    public void Parse_ByteOrderMark_IsSkipped()
    {
        Assert.That((int?)KubeJson.Parse(Encoding.UTF8.GetBytes("\uFEFF1")), Is.EqualTo(1));
    }

    [Test]
    public void Parse_BigIntegers_AreKept()
    {
        Assert.That((long?)KubeJson.Parse("9007199254740993"), Is.EqualTo(9007199254740993));
    }

    [Test]
    public void Parse_AnyTree_RoundTrips()
    {
        Prop.ForAll(JsonTrees.Arbitrary, static tree => JsonNode.DeepEquals(KubeJson.Parse(tree?.ToJsonString() ?? "null"), tree))
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Parse_AnyText_ReturnsOrThrowsFormatException()
    {
        string[] fragments = ["{", "}", "[", "]", "\"", "a", ":", ",", "1", "-", "e", ".", "true", "null", "\\", "u00", "\\ud800", " ", "\n", "\u0001", "é", "\ud800"];
        Gen<string> texts = Gen.Elements(fragments).ListOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            try
            {
                KubeJson.Parse(text)?.ToJsonString();
            }
            catch (JsonFormatException e)
            {
                Assert.That(e.Reason, Is.Not.Empty);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }
}
