using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Patching;

[TestFixture]
public sealed class StrategicMergePatchTests
{
    private static readonly StructuralSchema Schema = Make();

    [TestCase("""{"a":1,"m":{"x":1}}""", """{"a":null,"m":{"y":2}}""", """{"m":{"x":1,"y":2}}""")]
    [TestCase("""{"m":{"x":1}}""", """{"m":{"$patch":"replace","y":2}}""", """{"m":{"y":2}}""")]
    [TestCase("""{"m":{"x":1}}""", """{"m":{"$patch":"delete"}}""", """{"m":{}}""")]
    [TestCase("""{"m":{"x":1}}""", """{"m":{"$patch":"merge","y":2}}""", """{"m":{"x":1,"y":2}}""")]
    [TestCase("""{"m":{"x":1,"y":2,"z":3}}""", """{"m":{"$retainKeys":["x","w"],"w":4}}""", """{"m":{"x":1,"w":4}}""")]
    [TestCase("""{"plain":[1,2]}""", """{"plain":[3]}""", """{"plain":[3]}""")]
    [TestCase("""{"set":["a","b"]}""", """{"set":["b","c"]}""", """{"set":["a","b","c"]}""")]
    [TestCase("""{"set":["a","b","c"]}""", """{"$deleteFromPrimitiveList/set":["b"]}""", """{"set":["a","c"]}""")]
    [TestCase("""{"set":["a","b","c"]}""", """{"$setElementOrder/set":["c","a","d"],"set":["d"]}""", """{"set":["b","c","a","d"]}""")]
    [TestCase("""{"list":[{"name":"x","v":1},{"name":"y","v":2}]}""", """{"list":[{"name":"y","v":3,"w":4},{"name":"z"}]}""", """{"list":[{"name":"x","v":1},{"name":"y","v":3,"w":4},{"name":"z"}]}""")]
    [TestCase("""{"list":[{"name":"x"},{"name":"y"}]}""", """{"list":[{"name":"x","$patch":"delete"}]}""", """{"list":[{"name":"y"}]}""")]
    [TestCase("""{"list":[{"name":"x"},{"name":"y"}]}""", """{"list":[{"$patch":"replace"},{"name":"z"}]}""", """{"list":[{"name":"z"}]}""")]
    [TestCase("""{"list":[{"name":"x"},{"name":"y"}]}""", """{"$setElementOrder/list":[{"name":"z"},{"name":"y"},{"name":"x"}],"list":[{"name":"z"}]}""", """{"list":[{"name":"z"},{"name":"y"},{"name":"x"}]}""")]
    [TestCase("""{}""", """{"list":[{"name":"x","v":null}],"m":{"$patch":"replace","a":1}}""", """{"list":[{"name":"x"}],"m":{"a":1}}""")]
    [TestCase("""{"whole":{"x":1}}""", """{"whole":{"y":2}}""", """{"whole":{"y":2}}""")]
    public void Apply_Patch_GivesTheResult(string original, string patch, string expected)
    {
        var before = Tree(original);
        var result = StrategicMergePatch.Apply(before, Tree(patch), Schema);
        Assert.That(result.ToJsonString(), Is.EqualTo(expected));
        Assert.That(before.ToJsonString(), Is.EqualTo(original));
    }

    [TestCase("""{"m":{"$patch":"bogus"}}""", "unknown patch type found: bogus")]
    [TestCase("""{"list":[{"v":1}]}""", "map: {\"v\":1} does not contain declared merge key: name")]
    [TestCase("""{"m":{"$retainKeys":["x"],"y":1}}""", "invalid patch format of retainKeys")]
    [TestCase("""{"$setElementOrder/set":["a"],"set":["b"]}""", "doesn't match $setElementOrder list")]
    public void Apply_Malformed_Fails(string patch, string fault)
    {
        var e = Assert.Throws<StrategicMergePatchException>(() => StrategicMergePatch.Apply(Tree("""{"set":["a"]}"""), Tree(patch), Schema));
        Assert.That(e!.Message, Does.Contain(fault));
    }

    private static JsonObject Tree(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static StructuralSchema Make() => Object(
        ("m", Object()),
        ("whole", Object() with { PatchStrategies = ["replace"] }),
        ("plain", new StructuralSchema { Type = SchemaType.Array }),
        ("set", new StructuralSchema { Type = SchemaType.Array, PatchStrategies = ["merge"] }),
        ("list", new StructuralSchema { Type = SchemaType.Array, PatchStrategies = ["merge"], PatchMergeKey = "name", Items = Object() }));

    private static StructuralSchema Object(params (string Name, StructuralSchema Schema)[] members) => new()
    {
        Type = SchemaType.Object,
        PreserveUnknownFields = true,
        Properties = members.ToDictionary(m => m.Name, m => m.Schema, StringComparer.Ordinal),
    };
}
