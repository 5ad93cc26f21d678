using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;

namespace KubeFed.ApiMachinery.Tests.Apply;

[Parallelizable(ParallelScope.All)]
public sealed class PathKeyTests
{
    [TestCase("1", "v:1")]
    [TestCase("1.0", "v:1")]
    [TestCase("1e3", "v:1000")]
    [TestCase("1.5", "v:1.5")]
    [TestCase("1e400", "v:1e400")]
    [TestCase("-1e400", "v:-1e400")]
    [TestCase("\"a\"", "v:\"a\"")]
    [TestCase("null", "v:null")]
    public void Value_OfAnyKind_IsJson(string value, string expected) => Assert.That(PathKey.Value(JsonNode.Parse(value)), Is.EqualTo(expected));
}
