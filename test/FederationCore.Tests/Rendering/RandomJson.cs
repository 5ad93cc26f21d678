using System.Text.Json.Nodes;

namespace KubeFed.FederationCore.Tests.Rendering;

/// <summary>JSON of a seed: small, and often near the shapes that the code under test looks for.</summary>
internal static class RandomJson
{
    private static readonly string[] Names =
        ["metadata", "name", "labels", "annotations", "spec", "replicas", "apiVersion", "kind", "status", "a/b", "~", "", "ü", "path", "op",
         "value", "clusterName", "clusterOverrides", "clusters", "clusterSelector", "matchLabels", "matchExpressions", "key", "operator"];

    public static JsonNode? Make(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-3, 5),
        3 => random.NextDouble() * 1e22,
        4 => Names[random.Next(Names.Length)],
        5 => "x<&>\u2028\u0001\"\\",
        6 or 7 => Object(random, depth - 1),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(random, depth - 1))]),
    };

    public static JsonObject Object(Random random, int depth)
    {
        var result = new JsonObject();
        for (var i = random.Next(5); i > 0; i--)
        {
            result[Names[random.Next(Names.Length)]] = Make(random, depth);
        }

        return result;
    }
}
