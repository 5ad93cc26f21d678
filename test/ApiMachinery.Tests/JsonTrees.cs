using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace KubeFed.ApiMachinery.Tests;

/// <summary>Arbitrary JSON for property tests, rich in strings that need care.</summary>
internal static class JsonTrees
{
    private static readonly string[] Awkward =
    [
        "", " ", "~", "y", "no", "0755", "1_0", "1e3", "-", "- a", "a: b", "a #b", "#", "<<", "=", "---", "...", "\n", "\n\n", " \n", "a\n b\n", "a \nb",
        "\ta", "a\tb", "\r\n", "é", "😀", "\u2028", "\u0085", "\u007f", "\ufeff", "'", "\"", "\\", "%", "@", "`", "!", "&a", "*a", "|", ">", "?", ": ", "a:",
        "{}", "[]", "2020-01-01", ".inf", "null", "true", "/", "~1", "a/b", "metadata", "x-y", "0", "-1", "01",
        "a *b", "a - *b", "a ",
        "a long text with  several blanks that goes on and on until it is folded   somewhere behind the eightieth column or so ",
    ];

    public static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(Awkward),
        ArbMap.Default.GeneratorFor<string>().Select(static s => Sanitize(s ?? string.Empty)),
        Gen.Elements(Awkward).Two().Select(static p => p.Item1 + p.Item2));

    public static Arbitrary<JsonNode?> Arbitrary { get; } = Gen.Sized(static size => Tree(Math.Min(size, 5))).ToArbitrary();

    private static Gen<JsonNode?> Leaf { get; } = Gen.OneOf(
        Texts.Select(static s => (JsonNode?)JsonValue.Create(s)),
        ArbMap.Default.GeneratorFor<long>().Select(static n => (JsonNode?)JsonValue.Create(n)),
        ArbMap.Default.GeneratorFor<ulong>().Select(static n => (JsonNode?)JsonValue.Create(n)),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(static n => (JsonNode?)JsonValue.Create(n.Get)),
        Gen.Elements(true, false).Select(static b => (JsonNode?)JsonValue.Create(b)),
        Gen.Constant<JsonNode?>(null));

    public static Gen<JsonNode?> Tree(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Tree(depth - 1).ListOf().Select(static items => (JsonNode?)new JsonArray([.. items.Take(5).Select(static i => i?.DeepClone())])),
            Texts.Zip(Tree(depth - 1)).ListOf().Select(static members => (JsonNode?)ToObject(members)));

    private static JsonObject ToObject(IEnumerable<(string Key, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach ((string key, JsonNode? value) in members.Take(6))
        {
            result[key] = value?.DeepClone();
        }

        return result;
    }

    private static string Sanitize(string text) => string.Concat(text.Where(static c => !char.IsSurrogate(c)));
}
