using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Cel;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CelSchemaTests
{
    private static readonly StructuralSchema Schema = CelTesting.Object(
        ("name", CelTesting.Text()),
        ("namespace", CelTesting.Text()),
        ("my-field", CelTesting.Int()),
        ("a.b/c__d", CelTesting.Int()),
        ("9lives", CelTesting.Int()),
        ("replicas", CelTesting.Int()),
        ("ratio", CelTesting.Number()),
        ("on", CelTesting.Bool()),
        ("wait", CelTesting.Text("duration")),
        ("at", CelTesting.Text("date-time")),
        ("day", CelTesting.Text("date")),
        ("data", CelTesting.Text("byte")),
        ("port", new StructuralSchema { IntOrString = true }),
        ("blob", new StructuralSchema { PreserveUnknownFields = true }),
        ("open", new StructuralSchema { Type = SchemaType.Object, PreserveUnknownFields = true }),
        ("labels", CelTesting.MapOf(CelTesting.Text())),
        ("set", CelTesting.ListOf(CelTesting.Text(), ListType.Set)),
        ("items", CelTesting.ListOf(CelTesting.Object(("key", CelTesting.Text()), ("value", CelTesting.Int())), ListType.Map, "key")),
        ("list", CelTesting.ListOf(CelTesting.Int())),
        ("nothing", CelTesting.Text() with { Nullable = true }));

    private const string Json = """
        {"name":"n","namespace":"ns","my-field":1,"a.b/c__d":2,"replicas":3,"ratio":2,"on":true,"wait":"90s","at":"2020-01-01T00:00:00Z",
         "day":"2020-01-01","data":"YWI=","port":"http","blob":{"x":1},"open":{"y":1},"labels":{"a":"b","c":"d"},"set":["x","y"],
         "items":[{"key":"a","value":1},{"key":"b","value":2}],"list":[1,2],"nothing":null}
        """;

    [TestCase("self.name + self.__namespace__", "\"nns\"")]
    [TestCase("self.my__dash__field + self.a__dot__b__slash__c__underscores__d", "3")]
    [TestCase("self.replicas + 1", "4")]
    [TestCase("self.ratio / 4.0", "0.5")]
    [TestCase("self.on", "true")]
    [TestCase("self.wait > duration('1m')", "true")]
    [TestCase("self.at.getFullYear()", "2020")]
    [TestCase("self.day == self.at", "true")]
    [TestCase("self.data == b'ab'", "true")]
    [TestCase("type(self.port) == string && self.port == 'http'", "true")]
    [TestCase("self.port + 1", "error: no such overload")]
    [TestCase("has(self.open)", "true")]
    [TestCase("self.labels.a + self.labels['c']", "\"bd\"")]
    [TestCase("'a' in self.labels && self.labels.all(k, self.labels[k] != '')", "true")]
    [TestCase("self.labels.b", "error: no such key: b")]
    [TestCase("size(self.labels)", "2")]
    [TestCase("self.set == ['y', 'x']", "true")]
    [TestCase("['y', 'x'] == self.set", "false")]
    [TestCase("self.set + ['y', 'z']", "[\"x\", \"y\", \"z\"]")]
    [TestCase("self.items.exists(i, i.key == 'b' && i.value == 2)", "true")]
    [TestCase("self.items + self.items == self.items", "true")]
    [TestCase("self.list + self.list", "[1, 2, 1, 2]")]
    [TestCase("self.list == [2, 1]", "false")]
    [TestCase("self.nothing", "null")]
    [TestCase("self.nothing.startsWith('a')", "error: no such overload")]
    [TestCase("self.x", "compile: undefined field 'x'")]
    [TestCase("has(self.x)", "compile: undefined field 'x'")]
    [TestCase("self.blob.x", "compile: undefined field 'blob'")]
    [TestCase("self.open.y", "compile: undefined field 'y'")]
    [TestCase("self.name == 1", "compile: found no matching overload for '_==_' applied to '(string, int)'")]
    [TestCase("self.replicas == 1.0", "compile: found no matching overload for '_==_' applied to '(int, double)'")]
    [TestCase("self.items[0].other", "compile: undefined field 'other'")]
    [TestCase("self == 1", "compile: found no matching overload for '_==_' applied to '(selfType, int)'")]
    public void Evaluate_TypedObject_ReadsThroughSchema(string expression, string expected) =>
        Assert.That(CelTesting.Run(expression, Schema, Json), Is.EqualTo(expected));

    [TestCase("has(self.name)", "false")]
    [TestCase("self.name", "error: no such key: name")]
    [TestCase("self.?name.orValue('none')", "\"none\"")]
    public void Evaluate_AbsentField_IsNoSuchKey(string expression, string expected) =>
        Assert.That(CelTesting.Run(expression, Schema, "{}"), Is.EqualTo(expected));

    [TestCase("""{"name":1}""", "self.name", "error: invalid data, expected string, got number")]
    [TestCase("""{"replicas":1.5}""", "self.replicas", "error: invalid data, expected int, got float64")]
    [TestCase("""{"wait":"x"}""", "self.wait", "error: Invalid duration x")]
    [TestCase("""{"list":{}}""", "self.list.size() == 1", "error: invalid data, expected list(int), got map")]
    public void Evaluate_WrongJson_IsError(string json, string expression, string expected) =>
        Assert.That(CelTesting.Run(expression, Schema, json), Is.EqualTo(expected));
}
