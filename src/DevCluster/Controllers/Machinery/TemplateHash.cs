using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Names that tell templates apart.</summary>
internal static class TemplateHash
{
    /// <summary>The label that holds the hash.</summary>
    public const string Label = "pod-template-hash";

    // Kubernetes' alphabet for generated names: no vowels and no lookalikes, so that no word and no doubt comes out.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>
    /// The hash of a template, the same whatever the order of its members; up to ten characters that fit into a name. FNV-1a, as in Kubernetes, but over
    /// JSON instead of a dump of Go's structures, so the letters differ.
    /// </summary>
    public static string Of(JsonNode template, int collisions = 0)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, template);
        }

        var hash = Fnv(2166136261, buffer.WrittenSpan);
        if (collisions > 0)
        {
            hash = Fnv(hash, BitConverter.GetBytes(collisions));
        }

        return string.Concat(hash.ToString().Select(static digit => Alphabet[digit % Alphabet.Length]));
    }

    /// <summary>Whether two templates are the same but for the label that holds the hash.</summary>
    public static bool SameTemplate(JsonNode a, JsonNode b) => JsonEquality.Equal(Unlabelled(a), Unlabelled(b));

    private static JsonNode Unlabelled(JsonNode template)
    {
        if (template["metadata"]?["labels"] is not JsonObject labels || !labels.ContainsKey(Label))
        {
            return template;
        }

        var copy = template.DeepClone();
        copy["metadata"]!["labels"]!.AsObject().Remove(Label);
        return copy;
    }

    private static uint Fnv(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return hash;
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(static m => m.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
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
}
