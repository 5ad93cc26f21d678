using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Paths;

namespace KubeFed.ApiMachinery.Tests.Paths;

public sealed class JsonPathTests
{
    private const string Document =
        """
        {"apiVersion":"g/v1","kind":"W","metadata":{"name":"x","labels":{"app.kubernetes.io/name":"n","a":"1"}},
         "spec":{"replicas":3,"none":null,"ports":[{"name":"http","port":80},{"name":"https","port":443},{"name":"dns","port":53}]},
         "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Stale","status":"False","age":2.5}]}}
        """;

    [TestCase(".spec.replicas", "3")]
    [TestCase("{.spec.replicas}", "3")]
    [TestCase("$.spec.replicas", "3")]
    [TestCase("spec.replicas", "3")]
    [TestCase(".spec.none", "null")]
    [TestCase(".spec.bogus", "")]
    [TestCase(".spec.replicas.deeper", "")]
    [TestCase(".metadata.labels.app\\.kubernetes\\.io/name", "\"n\"")]
    [TestCase(".metadata.labels['app.kubernetes.io/name']", "\"n\"")]
    [TestCase(".metadata.labels[\"a\"]", "\"1\"")]
    [TestCase(".spec.ports[0].port", "80")]
    [TestCase(".spec.ports[-1].port", "53")]
    [TestCase(".spec.ports[7].port", "")]
    [TestCase(".spec.ports[*].port", "80 443 53")]
    [TestCase(".spec.ports[0:2].port", "80 443")]
    [TestCase(".spec.ports[1:].port", "443 53")]
    [TestCase(".spec.ports[:-1].port", "80 443")]
    [TestCase(".spec.ports[::2].port", "80 53")]
    [TestCase(".spec.ports[0,2].port", "80 53")]
    [TestCase(".spec.ports[0]['name','port']", "\"http\" 80")]
    [TestCase(".spec.ports.*.port", "80 443 53")]
    [TestCase("..port", "80 443 53")]
    [TestCase(".status.conditions[?(@.type==\"Ready\")].status", "\"True\"")]
    [TestCase(".status.conditions[?(@.type=='Ready')].status", "\"True\"")]
    [TestCase(".status.conditions[?(@.type != \"Ready\")].status", "\"False\"")]
    [TestCase(".status.conditions[?(@.age)].type", "\"Stale\"")]
    [TestCase(".status.conditions[?(@.age > 2)].type", "\"Stale\"")]
    [TestCase(".status.conditions[?(@.age<=2)].type", "")]
    [TestCase(".spec.ports[?(@.port>=80)].name", "\"http\" \"https\"")]
    [TestCase(".spec.ports[?(@.name<\"http\")].port", "53")]
    [TestCase(".status.conditions[?(@.type==\"a]b\")].status", "")]
    public void Evaluate_OfObject_GivesWhatKubectlGives(string path, string expected)
    {
        var compiled = JsonPath.Parse(path);

        Assert.That(Show(compiled.Evaluate(JsonNode.Parse(Document))), Is.EqualTo(expected));
        Assert.That(Show(compiled.Evaluate(KubeObject.Parse(Encoding.UTF8.GetBytes(Document)))), Is.EqualTo(expected));
    }

    [TestCase(".spec.a.b", true)]
    [TestCase(".spec['a']", true)]
    [TestCase(".spec[0]", false)]
    [TestCase("..a", false)]
    public void IsSimple_OfPath_TellsWhetherItHasOnlyNames(string path, bool expected) =>
        Assert.That(JsonPath.Parse(path).IsSimple, Is.EqualTo(expected));

    [TestCase(".spec.")]
    [TestCase("..")]
    [TestCase(".a[")]
    [TestCase(".a['b]")]
    [TestCase(".a[x]")]
    [TestCase(".a[]")]
    [TestCase(".a[1:2:0]")]
    [TestCase(".a[1:2:3:4]")]
    [TestCase(".a[?(@.b=1)]")]
    [TestCase(".a[?(@.b==)]")]
    [TestCase(".a[?(@.b==c)]")]
    [TestCase(".a[?@.b]")]
    [TestCase(".a\\")]
    [TestCase(".a]b")]
    [TestCase(".a[99999999999]")]
    public void Parse_NoPath_Throws(string path) =>
        Assert.That(() => JsonPath.Parse(path), Throws.TypeOf<JsonPathException>());

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property Parse_AnyText_GivesAPathOrOneException() => Prop.ForAll(
        Gen.Elements(".", "[", "]", "*", "'", "\"", "?(", ")", "@", "a", "0", ":", ",", "==", "\\", "..", " ", "{", "}", "-").ListOf()
            .Select(parts => string.Concat(parts)).ToArbitrary(),
        text =>
        {
            try
            {
                return JsonPath.Parse(text).Evaluate(JsonNode.Parse(Document)) is not null;
            }
            catch (JsonPathException)
            {
                return true;
            }
        });

    private static string Show(IReadOnlyList<JsonNode?> results) => string.Join(' ', results.Select(node => node?.ToJsonString() ?? "null"));
}
