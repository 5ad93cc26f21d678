using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiMachinery.Tests.Yaml;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KubeYamlReadTests
{
    [TestCase("y", "true")]
    [TestCase("No", "false")]
    [TestCase("on", "true")]
    [TestCase("OFF", "false")]
    [TestCase("'y'", "\"y\"")]
    [TestCase("\"no\"", "\"no\"")]
    [TestCase("~", "null")]
    [TestCase("", "null")]
    [TestCase("null", "null")]
    [TestCase("0755", "493")]
    [TestCase("0o755", "493")]
    [TestCase("0x1F", "31")]
    [TestCase("-0b101", "-5")]
    [TestCase("1_000", "1000")]
    [TestCase("0888", "888")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    [TestCase("18446744073709551615", "18446744073709551615")]
    [TestCase("18446744073709551616", "1.8446744073709552E+19")]
    [TestCase("1e3", "1000")]
    [TestCase("1.50", "1.5")]
    [TestCase(".5", "0.5")]
    [TestCase("1e999", "\"1e999\"")]
    [TestCase("2020-01-01", "\"2020-01-01\"")]
    [TestCase("2020-01-01T10:00:00Z", "\"2020-01-01T10:00:00Z\"")]
    [TestCase("1:20", "\"1:20\"")]
    [TestCase("0x", "\"0x\"")]
    [TestCase("!!str 12", "\"12\"")]
    [TestCase("!!int '12'", "12")]
    [TestCase("!!float 3", "3")]
    [TestCase("!custom 12", "\"12\"")]
    [TestCase("100m", "\"100m\"")]
    [TestCase("é☃", "\"é☃\"")]
    public void ToJson_Scalar_ResolvesAsKubernetes(string scalar, string json)
    {
        JsonNode? read = KubeYaml.ToJson("a: " + scalar);

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse($"{{\"a\":{json}}}")), Is.True, read?.ToJsonString());
    }

    [TestCase("1: a", "1")]
    [TestCase("y: a", "true")]
    [TestCase("0x10: a", "16")]
    [TestCase("1.5: a", "1.5")]
    [TestCase("1e300: a", ".inf")]
    [TestCase("-1e300: a", "-.inf")]
    [TestCase("'1': a", "1")]
    [TestCase("2020-01-01: a", "2020-01-01")]
    [TestCase("? a\n: a", "a")]
    public void ToJson_KeyThatIsNotText_BecomesItsText(string yaml, string key)
    {
        Assert.That(KubeYaml.ToJson(yaml)![key]!.GetValue<string>(), Is.EqualTo("a"));
    }

    [TestCase("- a *b: c", """[{"a *b":"c"}]""")]
    [TestCase("- a\t*b: c", """[{"a\t*b":"c"}]""")]
    [TestCase("- a *b *c: []\n  d *e: f", """[{"a *b *c":[],"d *e":"f"}]""")]
    [TestCase("- a - *b: c", """[{"a - *b":"c"}]""")]
    [TestCase("- a? *b? *c: d", """[{"a? *b? *c":"d"}]""")]
    [TestCase("[a *b: c, {d *e: f}]", """[{"a *b":"c"},{"d *e":"f"}]""")]
    [TestCase("- a *b", """["a *b"]""")]
    [TestCase("- a *b\n  *c", """["a *b *c"]""")]
    [TestCase("- 'a *b: c'\n- \"a *b: c \\udbc0\\udc2a\"", """["a *b: c","a *b: c \udbc0\udc2a"]""")]
    [TestCase("- |\n  a *b: c\n   * d", """["a *b: c\n * d"]""")]
    [TestCase("- &b 1 # an *b\n- - *b\n- ? *b\n  : *b\n- [*b, *b, {*b : *b}, a *b]", """[1,[1],{"1":1},[1,1,{"1":1},"a *b"]]""")]
    [TestCase("a: &b {c: 1}\nd:\n  <<: *b\n  e: a, *b", """{"a":{"c":1},"d":{"c":1,"e":"a, *b"}}""")]
    public void ToJson_AsteriskAmongWords_IsNoAlias(string yaml, string json)
    {
        JsonNode? read = KubeYaml.ToJson(yaml);

        Assert.That(JsonNode.DeepEquals(read, JsonNode.Parse(json)), Is.True, read?.ToJsonString());
    }

    [TestCase(128)]
    [TestCase(129)]
    [TestCase(1024)]
    public void ToJson_KeyWithinTheLimitOfSimpleKeys_IsRead(int length)
    {
        string key = new string('k', length - 2) + " *";

        Assert.That(KubeYaml.ToJson($"- {key}: v")![0]![key]!.GetValue<string>(), Is.EqualTo("v"));
        Assert.That(KubeYaml.ToJson($"a: b\n{key}: v")![key]!.GetValue<string>(), Is.EqualTo("v"));
    }

    [TestCase("- ")]
    [TestCase("a: b\n")]
    public void ToJson_KeyBeyondTheLimitOfSimpleKeys_IsRefused(string before)
    {
        Assert.That(() => KubeYaml.ToJson($"{before}{new string('k', 1025)}: v"), Throws.TypeOf<YamlFormatException>());
    }

    [TestCase("- a, *b: c", "quote what has the '*'")]
    [TestCase("- a, *b:", "quote what has the '*'")]
    [TestCase("~: a", "quote it")]
    [TestCase("[a]: b", "must be a string")]
    [TestCase("a: 1\na: 2", "line 2, column 1: a: the key \"a\" is given twice")]
    [TestCase("x:\n- y: 1\n  y: 2", "line 3, column 3: x[0].true: the key \"true\" is given twice")]
    [TestCase("a: .inf", "JSON cannot hold")]
    [TestCase("a: &x [*x]", "contains itself")]
    [TestCase("a: *nope", "nope")]
    [TestCase("a: !!binary aGk=", "!!binary")]
    [TestCase("a: !!int x", "not a value of the tag !!int")]
    [TestCase("a: [", "not YAML")]
    [TestCase("a: b: c", "not YAML")]
    [TestCase("a: \"\u0001\"", "control characters are not allowed")]
    [TestCase("<<: 1", "'<<' takes a mapping")]
    [TestCase("a: 1\n---\nb: 1", "one document was expected")]
    [TestCase("{\"a\":1,\"a\":2}", "a: the member \"a\" is given twice")]
    [TestCase("{\"a\":1} {\"b\" 2}", "not JSON")]
    public void ToJson_Bad_SaysWhereAndWhy(string yaml, string message)
    {
        Assert.That(() => KubeYaml.ToJson(yaml), Throws.TypeOf<YamlFormatException>().With.Message.Contains(message));
    }

    [Test]
    public void ToJson_MergeKeys_ExplicitAndEarlierWin()
    {
        JsonNode? read = KubeYaml.ToJson("b1: &b1 {x: 1, y1: 1}\nb2: &b2 {x: 2, z: 2}\nc:\n  <<: [*b1, *b2]\n  y1: 9\n");

        Assert.That(read!["c"]!.ToJsonString(), Is.EqualTo("{\"y1\":9,\"x\":1,\"z\":2}"));
    }

    [Test]
    public void ToJson_AliasBomb_IsRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 20; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.That(() => KubeYaml.ToJson(bomb.ToString()), Throws.TypeOf<YamlFormatException>().With.Message.Contains("aliases expand"));
    }

    [TestCase(256, 256, true)]
    [TestCase(257, 256, false)]
    [TestCase(400, 400, false)]
    [TestCase(0, 513, false)]
    public void ToJson_DepthThroughAliases_CountsAsWritten(int anchored, int around, bool isRead)
    {
        // The mapping is a level of its own.
        string text = $"a: &a {Nested(anchored, "x")}\nb: {Nested(around - 1, "*a")}\n";

        Assert.That(
            () => KubeYaml.ToJson(text),
            isRead ? Throws.Nothing : Throws.TypeOf<YamlFormatException>().With.Message.Contains("nested deeper than 512 levels"));
    }

    [Test]
    public void ToJson_AliasesInAChain_AreRefusedAtTheDepthOfTheWhole()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 600; i++)
        {
            text.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Assert.That(() => KubeYaml.ToJson(text.ToString()), Throws.TypeOf<YamlFormatException>().With.Message.Contains("nested deeper than"));
    }

    [Test]
    public void ReadDocuments_AliasesInManyDocuments_ShareOneBudget()
    {
        var limits = new YamlLimits { MaxAliasExpansion = 1000 };
        string one = $"a: &a {new string('x', 300)}\nb: *a\n";
        IEnumerable<JsonNode> three = KubeYaml.ReadDocuments($"{one}---\n{one}---\n{one}", limits);

        Assert.That(three.Count(), Is.EqualTo(3));
        Assert.That(three.Count(), Is.EqualTo(3), "each enumeration has the whole budget");
        Assert.That(
            () => KubeYaml.ReadDocuments($"{one}---\n{one}---\n{one}---\n{one}", limits).Count(),
            Throws.TypeOf<YamlFormatException>().With.Message.Contains("aliases expand to more than the limit of 1000"));
    }

    [TestCase("a: \"\\ud800\"")]
    [TestCase("\"\\udfff\": a")]
    [TestCase("{\"a\":\"\\ud800\"}")]
    [TestCase("a: \"\\U00110000\"")]
    public void ToJson_NoUnicodeText_IsRefused(string text) =>
        Assert.That(() => KubeYaml.ToJson(text), Throws.TypeOf<YamlFormatException>());

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    [TestCase("{\"a\":")]
    public void ToJson_TooDeep_IsRefused(string open)
    {
        string text = string.Concat(Enumerable.Repeat(open, 20_000));

        Assert.That(() => KubeYaml.ToJson(text), Throws.TypeOf<YamlFormatException>());
    }

    [Test]
    public void ToJson_TooLarge_IsRefused()
    {
        var limits = new YamlLimits { MaxBytes = 10 };

        Assert.That(() => KubeYaml.ToJson("a: 123456789", limits), Throws.TypeOf<YamlFormatException>().With.Message.Contains("limit is 10"));
    }

    [Test]
    public void ReadDocuments_Stream_YieldsEachInOrder()
    {
        const string text = "%YAML 1.1\n# first\n---\na: 1\n---\n# nothing\n--- \n{\"b\": 2}\n{\"c\": [3]}\n---\nd: |\n  x\n  --- y\n...\n---\n{e: 4}\n";

        string all = string.Join(' ', KubeYaml.ReadDocuments(text).Select(static d => d.ToJsonString()));

        Assert.That(all, Is.EqualTo("{\"a\":1} {\"b\":2} {\"c\":[3]} {\"d\":\"x\\n--- y\\n\"} {\"e\":4}"));
    }

    [Test]
    public void ReadDocuments_LaterOneBad_EarlierStandAndLineIsOfTheWhole()
    {
        using IEnumerator<JsonNode> documents = KubeYaml.ReadDocuments("a: 1\n---\nb: 1\nb: 2\n").GetEnumerator();

        Assert.That(documents.MoveNext(), Is.True);
        Assert.That(() => documents.MoveNext(), Throws.TypeOf<YamlFormatException>().With.Property("Line").EqualTo(4));
    }

    [Test]
    public void ReadDocuments_JsonStreamBadAtTheEnd_LineIsOfTheWhole()
    {
        Assert.That(
            () => KubeYaml.ReadDocuments("a: 1\n---\n{\"b\":1}\n{\"c\":1,\n\"c\":2}").ToList(),
            Throws.TypeOf<YamlFormatException>().With.Property("Line").EqualTo(5));
    }

    [Test]
    public void ToJson_NotUtf8_IsRefused()
    {
        Assert.That(() => KubeYaml.ToJson(new byte[] { (byte)'a', 0xFF }), Throws.TypeOf<YamlFormatException>().With.Message.Contains("not UTF-8"));
    }

    private static string Nested(int levels, string core) => new string('[', levels) + core + new string(']', levels);
}
