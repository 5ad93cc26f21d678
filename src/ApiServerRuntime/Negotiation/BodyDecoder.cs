using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.Negotiation.Protobuf;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Bodies to objects: JSON, YAML or, of built-in kinds, protobuf; bounded in depth, members that are given twice found.</summary>
internal static class BodyDecoder
{
    private const int SummaryLength = 30;
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private static readonly string[] Accepted = ["application/json", "application/yaml", Protobuf];
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = KubeObject.MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = KubeObject.MaxDepth };
    private static readonly JsonLimits Limits = new() { MaxDepth = KubeObject.MaxDepth, RefuseDuplicates = false };
    private static readonly YamlLimits YamlLimits = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>Decodes an object.</summary>
    /// <param name="body">The bytes; not kept.</param>
    /// <param name="contentType">The Content-Type header; empty means JSON.</param>
    /// <param name="kind">What the object should be, for messages.</param>
    /// <exception cref="StatusException">415 for another media type, 400 for what is not one object.</exception>
    public static RequestBody Decode(ReadOnlyMemory<byte> body, string? contentType, string kind)
    {
        if (contentType is not (null or "" or "application/json") && MediaType(contentType) == Protobuf)
        {
            return DecodeProtobuf(body, kind);
        }

        bool yaml = IsYaml(contentType);
        try
        {
            return yaml ? DecodeYaml(body) : DecodeJson(body);
        }
        catch (Exception e) when (e is JsonException or JsonFormatException or YamlFormatException)
        {
            string syntax = yaml ? "yaml" : "json";
            throw StatusErrors.BadRequest(
                $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; {syntax} parse error: {Reason(e)} ({Summary(body.Span)})");
        }
    }

    /// <summary>The JSON of a body that may be YAML, for patches; JSON is copied as it is.</summary>
    /// <exception cref="StatusException">400: it is not YAML.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> body)
    {
        if (body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            return body.ToArray();
        }

        try
        {
            using var buffer = new PooledBuffer(body.Length + 64);
            using (var writer = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
            {
                (KubeYaml.ToJson(body, YamlLimits) ?? new JsonObject()).WriteTo(writer);
            }

            return buffer.WrittenMemory.ToArray();
        }
        catch (YamlFormatException e)
        {
            throw StatusErrors.BadRequest($"error decoding YAML: {e.Message}");
        }
    }

    /// <summary>The media type of a Content-Type header, without its parameters, in lower case.</summary>
    public static string MediaType(string? contentType)
    {
        ReadOnlySpan<char> text = contentType;
        int end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).Trim().ToString().ToLowerInvariant();
    }

    private static bool IsYaml(string? contentType) => string.IsNullOrEmpty(contentType) || contentType == "application/json"
        ? false
        : MediaType(contentType) switch
        {
            "application/json" or "*/*" => false,
            "application/yaml" => true,
            _ => throw StatusErrors.UnsupportedMediaType(Accepted),
        };

    // Only built-in kinds are known in protobuf; for others it is no media type that is taken.
    private static RequestBody DecodeProtobuf(ReadOnlyMemory<byte> body, string kind)
    {
        try
        {
            return new RequestBody(ProtobufBody.Read(body.Span) ?? throw StatusErrors.UnsupportedMediaType(Accepted), []);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            throw StatusErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): protobuf parse error: {e.Message} ({Summary(body.Span)})");
        }
    }

    private static RequestBody DecodeJson(ReadOnlyMemory<byte> body)
    {
        ReadOnlySpan<byte> text = body.Span;
        if (!System.Text.Unicode.Utf8.IsValid(text) || text.IndexOf("\\u"u8) >= 0)
        {
            KubeJson.Validate(text, Limits);
        }

        try
        {
            return new RequestBody(AsObject(JsonNode.Parse(text, documentOptions: Strict)), []);
        }
        catch (JsonException)
        {
            return DecodeJsonWithDuplicates(body);
        }
    }

    private static RequestBody DecodeJsonWithDuplicates(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body, Lenient);
        var duplicates = new List<string>();
        JsonNode? root = DuplicateMembers.LastWins(document.RootElement.Clone(), duplicates);
        return new RequestBody(AsObject(root), duplicates);
    }

    private static RequestBody DecodeYaml(ReadOnlyMemory<byte> body) => new(AsObject(KubeYaml.ToJson(body, YamlLimits)), []);

    private static JsonObject AsObject(JsonNode? node) => node as JsonObject
        ?? throw new JsonException(node is null ? "null is not an object" : $"{node.GetValueKind().ToString().ToLowerInvariant()} is not an object");

    private static string Reason(Exception error) => error switch
    {
        JsonException { LineNumber: not null } json => Trimmed(json),
        _ => error.Message,
    };

    private static string Trimmed(JsonException error)
    {
        int place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = (place < 0 ? error.Message : error.Message[..place]).TrimEnd('.');
        return $"line {error.LineNumber + 1}, column {(error.BytePositionInLine ?? 0) + 1}: {reason}";
    }

    private static string Summary(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "<empty>";
        }

        ReadOnlySpan<byte> head = body[..Math.Min(body.Length, SummaryLength)];
        string text = body[0] == '{' ? Encoding.UTF8.GetString(head) : Convert.ToHexStringLower(head);
        return body.Length > SummaryLength ? text + " ..." : text;
    }
}
