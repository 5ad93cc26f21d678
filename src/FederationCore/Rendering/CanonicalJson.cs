using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationCore.Versions;

namespace KubeFed.FederationCore.Rendering;

/// <summary>JSON with sorted keys, without white space, numbers as they were written.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = KubeObject.MaxDepth * 2,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = KubeObject.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>A tree of the bytes; duplicate names are refused.</summary>
    public static JsonNode? Parse(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span, documentOptions: DocumentOptions);

    public static byte[] Write(JsonNode node)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
        {
            Write(node, writer);
        }

        return output.WrittenSpan.ToArray();
    }

    public static byte[] WithReplicas(ReadOnlyMemory<byte> json, long replicas)
    {
        var root = Parse(json)!.AsObject();
        if (root["spec"] is not JsonObject spec)
        {
            root["spec"] = spec = [];
        }

        spec["replicas"] = replicas;
        return Write(root);
    }

    private static void Write(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case JsonObject members:
                WriteObject(members, writer);
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(JsonObject members, Utf8JsonWriter writer)
    {
        var sorted = new KeyValuePair<string, JsonNode?>[members.Count];
        var count = 0;
        foreach (var member in members)
        {
            sorted[count++] = member;
        }

        Array.Sort(sorted, static (x, y) => Utf8Order.Instance.Compare(x.Key, y.Key));
        writer.WriteStartObject();
        foreach (var (name, value) in sorted)
        {
            writer.WritePropertyName(name);
            Write(value, writer);
        }

        writer.WriteEndObject();
    }
}
