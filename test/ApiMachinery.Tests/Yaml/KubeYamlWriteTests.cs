using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiMachinery.Tests.Yaml;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KubeYamlWriteTests
{
    // What kubectl 1.35 prints for the same data.
    [TestCase("", "\"\"")]
    [TestCase("x", "x")]
    [TestCase("y", "\"y\"")]
    [TestCase("1", "\"1\"")]
    [TestCase("0755", "\"0755\"")]
    [TestCase("1e3", "\"1e3\"")]
    [TestCase("1_000", "\"1_000\"")]
    [TestCase("1:20", "\"1:20\"")]
    [TestCase("2020-01-01", "\"2020-01-01\"")]
    [TestCase("~", "\"~\"")]
    [TestCase("<<", "<<")]
    [TestCase("=", "=")]
    [TestCase(".", ".")]
    [TestCase("@a", "'@a'")]
    [TestCase("[a", "'[a'")]
    [TestCase("`a", "'`a'")]
    [TestCase("%a", "'%a'")]
    [TestCase("*a", "'*a'")]
    [TestCase(",a", "',a'")]
    [TestCase(":a", ":a")]
    [TestCase(": a", "': a'")]
    [TestCase("?a", "?a")]
    [TestCase("? a", "'? a'")]
    [TestCase("a: b", "'a: b'")]
    [TestCase("a #b", "'a #b'")]
    [TestCase("- a", "'- a'")]
    [TestCase("---", "'---'")]
    [TestCase("--- a", "'--- a'")]
    [TestCase("a:", "'a:'")]
    [TestCase("'a'", "'''a'''")]
    [TestCase("\"a\"", "'\"a\"'")]
    [TestCase(" x", "' x'")]
    [TestCase("x ", "'x '")]
    [TestCase("a\tb", "\"a\\tb\"")]
    [TestCase("\u0001", "\"\\x01\"")]
    [TestCase("é☃😀", "\"é☃\\U0001F600\"")]
    [TestCase("l1\nl2\n", "|\n  l1\n  l2")]
    [TestCase("l1\nl2", "|-\n  l1\n  l2")]
    [TestCase("l1\nl2\n\n", "|+\n  l1\n  l2\n")]
    [TestCase("a\n\tb\n", "\"a\\n\\tb\\n\"")]
    [TestCase("a \nb", "\"a \\nb\"")]
    [TestCase(" x\ny", "|2-\n   x\n  y")]
    [TestCase("\n", "|2+\n")]
    [TestCase("\n\n", "|2+\n\n")]
    [TestCase("\nx", "|2-\n\n  x")]
    public void Write_String_AsKubectlPrintsIt(string text, string yaml)
    {
        Assert.That(KubeYaml.Write(new JsonObject { ["k"] = text }), Is.EqualTo($"k: {yaml}\n"));
    }

    [TestCase("1", "1")]
    [TestCase("-5", "-5")]
    [TestCase("1.0", "1")]
    [TestCase("1.5", "1.5")]
    [TestCase("1e3", "1000")]
    [TestCase("1234567.5", "1.2345675e+06")]
    [TestCase("0.00001", "1e-05")]
    [TestCase("1e23", "1e+23")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("true", "true")]
    [TestCase("null", "null")]
    [TestCase("[]", "[]")]
    [TestCase("{}", "{}")]
    public void Write_JsonValue_AsKubectlPrintsIt(string json, string yaml)
    {
        Assert.That(KubeYaml.Write(JsonNode.Parse($"{{\"k\":{json}}}")), Is.EqualTo($"k: {yaml}\n"));
    }

    [Test]
    public void Write_Nested_IndentsAsKubectl()
    {
        JsonNode? node = JsonNode.Parse(
            """{"spec":{"b":[{"name":"x","args":["a",["b","c"],{}]},[1,[2]]],"a10":1,"a2":2,"A":3,"-":4},"kind":"K"}""");

        Assert.That(KubeYaml.Write(node), Is.EqualTo(
            """
            kind: K
            spec:
              '-': 4
              A: 3
              a2: 2
              a10: 1
              b:
              - args:
                - a
                - - b
                  - c
                - {}
                name: x
              - - 1
                - - 2

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Write_LongText_FoldsAfterColumn80()
    {
        const string Text = "aaaaaaaaa bbbbbbbbbbbb cccccccccccccc dddddddddddddddd eeeeeeeeeeeeeee ffffffffffffff gggggggggggg hhhhhhhhhhhhhhh";

        Assert.That(KubeYaml.Write(new JsonObject { ["data"] = new JsonObject { ["long"] = Text } }), Is.EqualTo(
            "data:\n  long: aaaaaaaaa bbbbbbbbbbbb cccccccccccccc dddddddddddddddd eeeeeeeeeeeeeee ffffffffffffff\n    gggggggggggg hhhhhhhhhhhhhhh\n"));
    }

    [Test]
    public void Write_KeyTooLongOrOfSeveralLines_IsAComplexKey()
    {
        var node = new JsonObject { ["a\nb"] = new JsonObject { ["x"] = 1, ["z"] = 2 }, [new string('k', 129)] = "v" };

        Assert.That(KubeYaml.Write(node), Is.EqualTo($"? |-\n  a\n  b\n: x: 1\n  z: 2\n? {new string('k', 129)}\n: v\n"));
    }

    [TestCase(120)]
    [TestCase(128)]
    [TestCase(129)]
    [TestCase(1025)]
    [TestCase(3000)]
    public void Write_LongKeyOfWords_IsReadBack(int length)
    {
        string key = string.Concat(Enumerable.Repeat("some *words ", 300))[..(length - 2)] + "*a";
        var list = new JsonArray(new JsonObject { [key] = new JsonArray(), ["z"] = key });

        string yaml = KubeYaml.Write(list);

        Assert.That(JsonNode.DeepEquals(KubeYaml.ToJson(yaml), list), Is.True, yaml);
    }

    [Test]
    public void WriteDocuments_Several_SeparatesThem()
    {
        Assert.That(KubeYaml.WriteDocuments([new JsonObject { ["a"] = 1 }, new JsonObject { ["b"] = 2 }]), Is.EqualTo("a: 1\n---\nb: 2\n"));
    }
}
