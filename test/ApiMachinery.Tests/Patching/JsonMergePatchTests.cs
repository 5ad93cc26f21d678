using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Patching;

namespace KubeFed.ApiMachinery.Tests.Patching;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JsonMergePatchTests
{
    // RFC 7386, appendix A.
    [TestCase("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [TestCase("""{"a":"b"}""", """{"a":null}""", "{}")]
    [TestCase("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [TestCase("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [TestCase("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [TestCase("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [TestCase("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [TestCase("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [TestCase("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [TestCase("""{"a":"foo"}""", "null", "null")]
    [TestCase("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [TestCase("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [TestCase("[1,2]", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [TestCase("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Apply_ExampleOfTheRfc_GivesItsResult(string target, string patch, string result)
    {
        JsonNode? patched = JsonMergePatch.Apply(JsonNode.Parse(target), JsonNode.Parse(patch));

        Assert.That(JsonEquality.Equal(patched, JsonNode.Parse(result)), Is.True, patched?.ToJsonString());
    }

    [TestCase("""{"a":1,"b":{"c":[1],"d":2}}""", """{"a":1.0,"b":{"c":[2],"e":{"f":1}}}""", """{"b":{"c":[2],"e":{"f":1},"d":null}}""")]
    [TestCase("""{"a":1}""", """{"a":1}""", "{}")]
    [TestCase("""{"a":1}""", "[]", "[]")]
    [TestCase("""{"a":[1]}""", """{"a":{"b":null,"c":1}}""", """{"a":{"c":1}}""")]
    public void Create_TwoDocuments_IsTheLeastPatch(string original, string modified, string patch)
    {
        Assert.That(JsonMergePatch.Create(JsonNode.Parse(original), JsonNode.Parse(modified))!.ToJsonString(), Is.EqualTo(patch));
    }

    [Test]
    public void CreateThenApply_AnyDocumentsWithoutNullMembers_GivesTheSecond()
    {
        Prop.ForAll(JsonTrees.Arbitrary, JsonTrees.Arbitrary, static (a, b) =>
        {
            JsonNode? original = WithoutNulls(a), modified = WithoutNulls(b);
            JsonNode? result = JsonMergePatch.Apply(original, JsonMergePatch.Create(original, modified));
            Assert.That(JsonEquality.Equal(result, modified), Is.True, $"{original?.ToJsonString()} -> {modified?.ToJsonString()}: {result?.ToJsonString()}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [TestCase("1", "1.0", true)]
    [TestCase("100", "1e2", true)]
    [TestCase("9007199254740993", "9007199254740992", false)]
    [TestCase("0.1", "0.10", true)]
    [TestCase("-0", "0", true)]
    [TestCase("\"1\"", "1", false)]
    [TestCase("""{"a":1,"b":2}""", """{"b":2,"a":1}""", true)]
    [TestCase("""{"a":null}""", "{}", false)]
    [TestCase("[1,2]", "[2,1]", false)]
    [TestCase("\"\\u0061\"", "\"a\"", true)]
    public void Equal_Documents_ByValue(string a, string b, bool equal)
    {
        Assert.That(JsonEquality.Equal(JsonNode.Parse(a), JsonNode.Parse(b)), Is.EqualTo(equal));
        Assert.That(JsonEquality.Equal(System.Text.Encoding.UTF8.GetBytes(a), System.Text.Encoding.UTF8.GetBytes(b)), Is.EqualTo(equal));
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(static m => m.Value is not null).Select(static m => KeyValuePair.Create(m.Key, WithoutNulls(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(static i => i?.DeepClone())]),
        _ => node?.DeepClone(),
    };
}
