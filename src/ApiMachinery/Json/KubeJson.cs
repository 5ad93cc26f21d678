using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Json;

/// <summary>Strict reading of JSON from outside: bounded in size and depth, no duplicate members, every error with its place.</summary>
public static class KubeJson
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one JSON document.</summary>
    /// <returns>The document; <see langword="null"/> for the literal <c>null</c>.</returns>
    /// <exception cref="JsonFormatException">The bytes are not one JSON document within the limits.</exception>
    public static JsonNode? Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null)
    {
        limits ??= JsonLimits.Default;
        ReadOnlyMemory<byte> text = JsonScan.WithoutByteOrderMark(utf8);
        int length = JsonScan.Check(text.Span, limits, single: true);
        return ToNode(text[..length], limits);
    }

    /// <summary>Reads one JSON document.</summary>
    /// <returns>The document; <see langword="null"/> for the literal <c>null</c>.</returns>
    /// <exception cref="JsonFormatException">The text is not one JSON document within the limits.</exception>
    public static JsonNode? Parse(string text, JsonLimits? limits = null) => Parse(ToUtf8(text), limits);

    /// <summary>Checks one JSON document without building anything.</summary>
    /// <exception cref="JsonFormatException">The bytes are not one JSON document within the limits.</exception>
    public static void Validate(ReadOnlySpan<byte> utf8, JsonLimits? limits = null) =>
        JsonScan.Check(JsonScan.WithoutByteOrderMark(utf8), limits ?? JsonLimits.Default, single: true);

    /// <summary>Reads the first JSON document of a stream of them and says how many bytes it took.</summary>
    internal static JsonNode? ParseFirst(ReadOnlyMemory<byte> utf8, JsonLimits limits, out int consumed)
    {
        consumed = JsonScan.Check(utf8.Span, limits, single: false);
        return ToNode(utf8[..consumed], limits);
    }

    internal static byte[] ToUtf8(string text)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            (long line, long column) = LineOf(text, e.Index);
            throw new JsonFormatException(string.Empty, "the text holds half a surrogate pair", line, column, JsonFault.Content);
        }
    }

    /// <summary>A parsed copy of a document that is known to be valid.</summary>
    internal static JsonNode? ToNode(ReadOnlyMemory<byte> utf8, JsonLimits limits)
    {
        var options = new JsonDocumentOptions { MaxDepth = limits.MaxDepth };
        if (limits.RefuseDuplicates)
        {
            return JsonNode.Parse(utf8.Span, documentOptions: options);
        }

        using var document = JsonDocument.Parse(utf8, options);
        return LastWins(document.RootElement.Clone());
    }

    private static JsonNode? LastWins(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    map[member.Name] = LastWins(member.Value);
                }

                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(LastWins)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    private static (long Line, long Column) LineOf(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index);
        return (before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
