using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>The names of a type, of a definition's spec or of what was accepted of it.</summary>
internal sealed record DefinitionNames(string Plural, string Singular, string Kind, string ListKind, IReadOnlyList<string> ShortNames, IReadOnlyList<string> Categories)
{
    /// <summary>Reads names; missing ones are empty.</summary>
    public static DefinitionNames Read(JsonNode? names) => new(
        (string?)names?["plural"] ?? string.Empty,
        (string?)names?["singular"] ?? string.Empty,
        (string?)names?["kind"] ?? string.Empty,
        (string?)names?["listKind"] ?? string.Empty,
        Texts(names?["shortNames"]),
        Texts(names?["categories"]));

    /// <summary>What resources are called by in URLs and on the command line.</summary>
    public IEnumerable<string> Resources => [Plural, Singular, .. ShortNames];

    public JsonObject ToNode()
    {
        var node = new JsonObject { ["kind"] = Kind, ["listKind"] = ListKind, ["plural"] = Plural, ["singular"] = Singular };
        Add(node, "shortNames", ShortNames);
        Add(node, "categories", Categories);
        return node;
    }

    private static void Add(JsonObject node, string member, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            node[member] = new JsonArray([.. texts.Select(static text => JsonValue.Create(text))]);
        }
    }

    private static string[] Texts(JsonNode? list) => list is JsonArray items ? [.. items.Select(static item => (string?)item ?? string.Empty)] : [];
}
