using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Cel;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Tests.Cel;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CelCostTests
{
    private const long Low = CelTesting.Limit / 10;

    private static readonly CelShape Numbers = CelShape.From(CelTesting.ListOf(CelTesting.Int()), resource: false, "list")!;

    [TestCase("1 + 2", 1)]
    [TestCase("true && !false", 1)]
    [TestCase("self[0]", 2)]
    [TestCase("size(self)", 2)]
    [TestCase("1 in self", 1001)]
    [TestCase("'aaaaaaaaaaaaaaaaaaaa' + 'a' == 'b'", 4)]
    [TestCase("[1, 2, 3]", 0)]
    public void Evaluate_Expression_CostsUnitsOfReference(string expression, long expected)
    {
        CelProgram program = new CelEnvironment(("self", Numbers.Type)).Compile(expression);
        program.Evaluate([Items(1000)], CelTesting.Limit, out long cost);
        Assert.That(cost, Is.EqualTo(expected));
    }

    [TestCase("self.all(x, self.all(y, x != y + 1000000))")]
    [TestCase("self.map(x, self.map(y, self)).size() > 0")]
    [TestCase("self.all(x, self == self.map(y, y))")]
    [TestCase("self.all(x, [self] == [self])")]
    [TestCase("[self].map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).all(x, x.all(y, y >= 0))")]
    [TestCase("lists.range(1000000000).size() > 0")]
    [TestCase("'%s'.format([[self].map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x).map(x, x + x)]) == ''")]
    [TestCase("self.map(x, string(x)).join('aaaaaaaaaaaaaaaaaaaa').replace('', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('', 'aaaaaaaaaaaaaaaaaaaaaa').size() > 0")]
    public void Evaluate_Expensive_EndsAtLimit(string expression)
    {
        CelProgram program = new CelEnvironment(("self", Numbers.Type)).Compile(expression);
        CelValue result = program.Evaluate([Items(20_000)], Low, out long cost);
        Assert.Multiple(() =>
        {
            Assert.That(result.ToString(), Is.EqualTo("error: operation cancelled: actual cost limit exceeded"));
            Assert.That(cost, Is.GreaterThan(Low));
        });
    }

    [TestCase("self.list.all(x, self.map.exists(k, true))")]
    [TestCase("self.list.all(x, self.text.size() > 0)")]
    [TestCase("self.list.all(x, self.map == self.other)")]
    [TestCase("self.list.all(x, self.nested == self.nested)")]
    public void Evaluate_CheapOverLargeData_EndsBySteps(string expression)
    {
        CelShape shape = CelShape.From(
            CelTesting.Object(
                ("list", CelTesting.ListOf(CelTesting.Int())), ("text", CelTesting.Text()), ("map", CelTesting.MapOf(CelTesting.Int())),
                ("other", CelTesting.MapOf(CelTesting.Int())), ("nested", CelTesting.ListOf(CelTesting.ListOf(CelTesting.Int())))),
            resource: false,
            "object")!;
        var map = new JsonObject(Enumerable.Range(0, 20_000).Select(static i => KeyValuePair.Create<string, JsonNode?>($"k{i}", i)));
        var list = new JsonArray([.. Enumerable.Range(0, 20_000).Select(static i => JsonValue.Create(i))]);
        var self = new JsonObject
        {
            ["list"] = list,
            ["text"] = new string('x', 1_000_000),
            ["map"] = map,
            ["other"] = map.DeepClone(),
            ["nested"] = new JsonArray(list.DeepClone()),
        };
        CelProgram program = new CelEnvironment(("self", shape.Type)).Compile(expression);
        CelValue result = program.Evaluate([CelJson.Read(JsonNode.Parse(self.ToJsonString()), shape)], Low, out _);
        Assert.That(result.ToString(), Is.EqualTo("error: operation cancelled: actual cost limit exceeded"));
    }

    private static CelValue Items(int count) =>
        CelJson.Read(new JsonArray([.. Enumerable.Range(0, count).Select(static i => JsonValue.Create(i))]), Numbers);
}
