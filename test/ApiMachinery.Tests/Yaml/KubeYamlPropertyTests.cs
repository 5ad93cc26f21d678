using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiMachinery.Tests.Yaml;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KubeYamlPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly string[] Fragments =
    [
        "a", ": ", "\n", "- ", "  ", "{", "}", "[", "]", ",", "\"", "'", "&x ", "*x", "<<", "!!int ", "!", "|", ">", "|2", "#", "---\n", "...\n", "%YAML 1.1\n",
        "? ", "\t", "1", "\\", "\\u00", "\\ud800", "\\x", "é", "\u0001", "\ufeff", "\r", "%TAG ! x\n", "@", "`", "~", "null", "{\"a\":", "1e", "\0",
    ];

    [Test]
    public void WriteThenRead_AnyTree_IsTheSame()
    {
        Prop.ForAll(JsonTrees.Arbitrary, static tree =>
        {
            string yaml = KubeYaml.Write(tree);
            JsonNode? read = KubeYaml.ToJson(yaml);
            Assert.That(JsonNode.DeepEquals(read, tree), Is.True, $"{tree?.ToJsonString()}\n{yaml}\n{read?.ToJsonString()}");
        }).Check(Many);
    }

    [Test]
    public void Read_AnyBytes_ReturnsOrThrowsFormatException()
    {
        Prop.ForAll<byte[]>(static bytes => ReadAll(bytes ?? [])).Check(Many);
    }

    [Test]
    public void Read_AnyYamlLikeText_ReturnsOrThrowsFormatException()
    {
        Gen<string> texts = Gen.Elements(Fragments).ListOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), static text => ReadAll(Encoding.UTF8.GetBytes(text))).Check(Many.WithMaxTest(5000));
    }

    [Test]
    public void Read_DamagedDocument_ReturnsOrThrowsFormatException()
    {
        Gen<string> damaged = JsonTrees.Arbitrary.Generator.Zip(Gen.Elements(Fragments)).Zip(ArbMap.Default.GeneratorFor<NonNegativeInt>())
            .Select(static t =>
            {
                string yaml = KubeYaml.Write(t.Item1.Item1);
                int at = t.Item2.Get % (yaml.Length + 1);
                return yaml[..at] + t.Item1.Item2 + yaml[at..];
            });
        Prop.ForAll(damaged.ToArbitrary(), static text => ReadAll(Encoding.UTF8.GetBytes(text))).Check(Many);
    }

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            foreach (JsonNode document in KubeYaml.ReadDocuments(bytes))
            {
                Assert.That(document.ToJsonString(), Is.Not.Empty);
            }
        }
        catch (YamlFormatException e)
        {
            Assert.That(e.Message, Is.Not.Empty);
            Assert.That(e.Line, Is.GreaterThan(0));
        }
    }
}
