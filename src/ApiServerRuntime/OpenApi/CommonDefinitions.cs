using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The definitions that all types share: metadata, lists, Status, options and Scale.</summary>
internal static class CommonDefinitions
{
    private const string V2 = "#/definitions/";
    private const string V3 = "#/components/schemas/";
    private static readonly byte[] Text = Load();

    /// <summary>A fresh tree for OpenAPI v2.</summary>
    public static JsonObject ForV2() => JsonNode.Parse(Text)!.AsObject();

    /// <summary>A fresh tree for OpenAPI v3, where a reference excludes what stands beside it and so goes into <c>allOf</c>.</summary>
    public static JsonObject ForV3()
    {
        var definitions = ForV2();
        Rewrite(definitions);
        return definitions;
    }

    private static void Rewrite(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Rewrite(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var value in members.Select(static member => member.Value).ToArray())
            {
                Rewrite(value);
            }

            if (members["$ref"] is JsonValue reference)
            {
                members.Remove("$ref");
                var moved = new JsonObject { ["$ref"] = V3 + ((string)reference!)[V2.Length..] };
                if (members.Count == 0)
                {
                    members["$ref"] = (string)moved["$ref"]!;
                }
                else
                {
                    members["allOf"] = new JsonArray(moved);
                    members["default"] = new JsonObject();
                }
            }
        }
    }

    private static byte[] Load()
    {
        using var stream = typeof(CommonDefinitions).Assembly.GetManifestResourceStream("openapi/common-definitions.json")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
