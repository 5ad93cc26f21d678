using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace KubeFed.ApiMachinery.Tests.Apply;

/// <summary>Arbitrary specs of widgets, as text.</summary>
internal static class WidgetSpecs
{
    public static Gen<string> One { get; } = Gen.Choose(0, int.MaxValue).Select(Make);

    public static Arbitrary<string> Arbitrary { get; } = One.ToArbitrary();

    public static Arbitrary<(string A, string B)> Pairs { get; } = One.Two().Select(p => (p.Item1, p.Item2)).ToArbitrary();

    private static string Make(int seed)
    {
        var random = new Random(seed);
        var spec = new JsonObject();
        Maybe(random, spec, "replicas", () => random.Next(3));
        Maybe(random, spec, "note", () => Text(random));
        Maybe(random, spec, "nested", () => new JsonObject { [random.Next(2) == 0 ? "a" : "b"] = Text(random) });
        Maybe(random, spec, "labels", () => new JsonObject(Subset(random).DefaultIfEmpty("x").Select(k => KeyValuePair.Create<string, JsonNode?>(k, Text(random)))));
        Maybe(random, spec, "set", () => new JsonArray([.. Subset(random).Select(v => JsonValue.Create(v))]));
        Maybe(random, spec, "atomicList", () => new JsonArray([.. Subset(random).Select(v => JsonValue.Create(v))]));
        Maybe(random, spec, "ports", () => new JsonArray([.. Subset(random).Select(n => Port(random, n))]));
        Maybe(random, spec, "free", () => new JsonObject { [Text(random)] = new JsonObject { [Text(random)] = random.Next(2) } });
        return spec.ToJsonString();
    }

    private static JsonObject Port(Random random, string name)
    {
        var port = new JsonObject { ["name"] = name };
        Maybe(random, port, "port", () => random.Next(80, 82));
        Maybe(random, port, "tags", () => new JsonArray([.. Subset(random).Select(v => JsonValue.Create(v))]));
        return port;
    }

    private static void Maybe(Random random, JsonObject map, string name, Func<JsonNode> value)
    {
        if (random.Next(2) == 0)
        {
            map[name] = value();
        }
    }

    private static string Text(Random random) => ((char)('x' + random.Next(3))).ToString();

    private static string[] Subset(Random random)
    {
        var all = new[] { "x", "y", "z" };
        random.Shuffle(all);
        return all[..random.Next(4)];
    }
}
