using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Patching;

namespace KubeFed.ApiMachinery.Tests.Patching;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JsonPatchTests
{
    [TestCase("{}", "replace", "/a/b", "operation 0 (replace \"/a/b\"): the object at \"\" has no member \"a\"")]
    [TestCase("""{"a":{"b":[1,2]}}""", "replace", "/a/b/-1", "operation 0 (replace \"/a/b/-1\"): \"-1\" is not an index of the list at \"/a/b\": use a number from 0")]
    [TestCase("""{"a":{"b":[1,2]}}""", "replace", "/a/b/2", "operation 0 (replace \"/a/b/2\"): index 2 is out of range: the list at \"/a/b\" has 2 items")]
    [TestCase("""{"a":[1]}""", "replace", "/a/99999999999999999999", "operation 0 (replace \"/a/99999999999999999999\"): index 99999999999999999999 is out of range: the list at \"/a\" has 1 item")]
    [TestCase("""{"a":[1]}""", "add", "/a/x", "operation 0 (add \"/a/x\"): \"x\" is not an index of the list at \"/a\": use a number from 0 or '-'")]
    [TestCase("""{"a":[1]}""", "add", "/a/01", "operation 0 (add \"/a/01\"): \"01\" is not an index of the list at \"/a\": use a number from 0 or '-'")]
    [TestCase("""{"a":"x"}""", "add", "/a/b", "operation 0 (add \"/a/b\"): the value at \"/a\" is \"x\", neither object nor list, so there is nothing at \"/a/b\"")]
    [TestCase("""{"a":null}""", "add", "/a/b/c", "operation 0 (add \"/a/b/c\"): the value at \"/a\" is null, neither object nor list, so there is nothing at \"/a/b/c\"")]
    [TestCase("""{"a":1}""", "remove", "/b", "operation 0 (remove \"/b\"): the object at \"\" has no member \"b\"")]
    [TestCase("""{"a":1}""", "remove", "", "operation 0 (remove \"\"): the whole document cannot be removed")]
    [TestCase("""{"a":1}""", "test", "/a", "operation 0 (test \"/a\"): the value is 1, not \"v\"")]
    [TestCase("""{"a":1}""", "add", "a", "operation 0 (add \"a\"): the path \"a\" must begin with '/'")]
    [TestCase("""{"a":1}""", "add", "/~2", "operation 0 (add \"/~2\"): the path \"/~2\" has a '~' that is not '~0' (for '~') or '~1' (for '/')")]
    [TestCase("""{"a":1}""", "merge", "/a", "operation 0 (merge \"/a\"): the operation must be one of add, remove, replace, move, copy, test")]
    public void Apply_Impossible_SaysWhichOperationAndWhy(string document, string op, string path, string message)
    {
        var patch = new JsonArray(new JsonObject { ["op"] = op, ["path"] = path, ["value"] = "v" });

        Assert.That(() => JsonPatch.Parse(patch).Apply(JsonNode.Parse(document)), Throws.TypeOf<JsonPatchException>().With.Message.EqualTo(message));
    }

    [TestCase("{}", "a JSON patch is a list of operations")]
    [TestCase("[1]", "operation 0 (? \"\"): an operation is an object with \"op\" and \"path\"")]
    [TestCase("""[{"path":"/a"}]""", "operation 0 (? \"\"): \"op\" is missing or not a string")]
    [TestCase("""[{"op":"add"}]""", "operation 0 (add \"\"): \"path\" is missing or not a string")]
    [TestCase("""[{"op":"add","path":"/a"}]""", "operation 0 (add \"/a\"): \"value\" is missing")]
    [TestCase("""[{"op":"move","path":"/a","from":3}]""", "operation 0 (move \"/a\"): \"from\" is missing or not a string")]
    [TestCase("[", "the patch cannot be read: line 1, column 2: not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed")]
    public void Parse_Malformed_SaysWhy(string patch, string message)
    {
        Assert.That(() => JsonPatch.Parse(Encoding.UTF8.GetBytes(patch)), Throws.TypeOf<JsonPatchException>().With.Message.EqualTo(message));
    }

    [TestCase("/metadata/labels", true)]
    [TestCase("/metadata/labels/x", false)]
    [TestCase("/list/0", false)]
    public void Apply_KubeFedReplaceOfMissing_AddsToAnExistingObjectOnly(string path, bool works)
    {
        JsonNode document = JsonNode.Parse("""{"metadata":{},"list":[]}""")!;
        JsonPatch patch = JsonPatch.Of(JsonPatchOperation.Replace(JsonPointer.Parse(path), 1));

        Assert.That(() => patch.Apply(document, JsonPatchOptions.KubeFed), works ? Throws.Nothing : Throws.TypeOf<JsonPatchException>());
        Assert.That(() => patch.Apply(document), Throws.TypeOf<JsonPatchException>());
    }

    [Test]
    public void Parse_KubeFedWithoutValue_MeansNull()
    {
        JsonPatch patch = JsonPatch.Parse(JsonNode.Parse("""[{"op":"add","path":"/a"}]"""), JsonPatchOptions.KubeFed);

        Assert.That(patch.Apply(new JsonObject())!.ToJsonString(), Is.EqualTo("""{"a":null}"""));
    }

    [Test]
    public void Apply_MoveIntoItself_IsRefused()
    {
        JsonPatch patch = JsonPatch.Of(JsonPatchOperation.Move(JsonPointer.Parse("/a"), JsonPointer.Parse("/a/b")));

        Assert.That(() => patch.Apply(JsonNode.Parse("""{"a":{}}""")), Throws.TypeOf<JsonPatchException>().With.Message.Contains("into itself"));
    }

    [Test]
    public void Apply_MoveOfTheRootsMemberToTheRoot_ReplacesTheDocument()
    {
        JsonPatch patch = JsonPatch.Of(JsonPatchOperation.Move(JsonPointer.Parse("/a"), JsonPointer.Root));

        Assert.That(patch.Apply(JsonNode.Parse("""{"a":{"b":1}}"""))!.ToJsonString(), Is.EqualTo("""{"b":1}"""));
    }

    [Test]
    public void Apply_SamePatchTwice_ValuesAreNotShared()
    {
        JsonPatch patch = JsonPatch.Parse(JsonNode.Parse("""[{"op":"add","path":"/a","value":{}},{"op":"add","path":"/a/n","value":1}]"""));

        Assert.That(patch.Apply(new JsonObject())!.ToJsonString(), Is.EqualTo("""{"a":{"n":1}}"""));
        Assert.That(patch.Apply(new JsonObject())!.ToJsonString(), Is.EqualTo("""{"a":{"n":1}}"""));
        Assert.That(patch.ToJson()[0]!["value"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public void Parse_MoreThanTheLimit_IsRefused()
    {
        var patch = new JsonArray([.. Enumerable.Range(0, 10_001).Select(static i => new JsonObject { ["op"] = "remove", ["path"] = $"/{i}" })]);

        Assert.That(() => JsonPatch.Parse(patch), Throws.TypeOf<JsonPatchException>().With.Message.EqualTo("the patch has 10001 operations: the limit is 10000"));
    }

    [Test]
    public void Apply_CopiesThatDouble_AreStopped()
    {
        JsonPatch patch = JsonPatch.Of(Enumerable.Range(0, 100).Select(static i => JsonPatchOperation.Copy(JsonPointer.Root, JsonPointer.Of($"k{i}"))));

        Assert.That(() => patch.Apply(JsonNode.Parse("{}"), new JsonPatchOptions { MaxCopied = 100_000 }), Throws.TypeOf<JsonPatchException>().With.Message.Contains("exceed the limit"));
    }

    [TestCase("add")]
    [TestCase("move")]
    [TestCase("copy")]
    public void Apply_DeeperThanTheLimit_IsRefused(string how)
    {
        var steps = new List<JsonPatchOperation>();
        JsonPointer at = JsonPointer.Parse("/a");
        for (int i = 0; i < 600; i++)
        {
            steps.Add(JsonPatchOperation.Add(JsonPointer.Parse("/new"), new JsonObject()));
            steps.Add(how switch
            {
                "add" => JsonPatchOperation.Add(at, new JsonObject()),
                "copy" => JsonPatchOperation.Copy(JsonPointer.Parse("/new"), at),
                _ => JsonPatchOperation.Move(JsonPointer.Parse("/new"), at),
            });
            at = at.Child("a");
        }

        Assert.That(() => JsonPatch.Of(steps).Apply(new JsonObject()), Throws.TypeOf<JsonPatchException>().With.Message.Contains("deeper than 512"));
    }

    [Test]
    public void Apply_ManyMovesUpAndDown_IsNotMistakenForDepth()
    {
        JsonPointer high = JsonPointer.Parse("/x"), low = JsonPointer.Parse("/y/z");
        IEnumerable<JsonPatchOperation> steps = Enumerable.Range(0, 2000)
            .SelectMany(_ => new[] { JsonPatchOperation.Move(high, low), JsonPatchOperation.Move(low, high) });

        Assert.That(JsonPatch.Of(steps).Apply(JsonNode.Parse("""{"x":{"v":1},"y":{}}"""))!["x"]!["v"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public void Apply_AnyPatchOnAnyDocument_ReturnsOrThrowsPatchException()
    {
        Gen<string> paths = Gen.OneOf(
            JsonTrees.Texts.ListOf().Select(static t => JsonPointer.Of(t.Take(3)).ToString()),
            Gen.Elements("", "/", "/0", "/-", "/0/0", "/-1", "/a", "/a/b", "x", "/~", "/metadata"));
        Gen<JsonNode?> operations = from op in Gen.Elements("add", "remove", "replace", "move", "copy", "test", "x")
                                    from path in paths
                                    from source in paths
                                    from value in JsonTrees.Tree(2)
                                    select (JsonNode?)new JsonObject { ["op"] = op, ["path"] = path, ["from"] = source, ["value"] = value?.DeepClone() };
        Gen<(JsonNode? Document, JsonNode?[] Patch)> cases = JsonTrees.Arbitrary.Generator.Zip(operations.ListOf().Select(static l => l.Take(6).ToArray()));
        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            string before = c.Document?.ToJsonString() ?? "null";
            try
            {
                JsonPatch patch = JsonPatch.Parse(new JsonArray([.. c.Patch.Select(static o => o?.DeepClone())]), JsonPatchOptions.KubeFed);
                JsonNode? result = patch.Apply(c.Document, JsonPatchOptions.KubeFed);
                Assert.That(JsonEquality.Equal(JsonNode.Parse(result?.ToJsonString() ?? "null"), result), Is.True);
            }
            catch (JsonPatchException e)
            {
                Assert.That(e.Message, Is.Not.Empty);
            }

            Assert.That(c.Document?.ToJsonString() ?? "null", Is.EqualTo(before));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
