using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Field sets in the JSON form that managedFields has them in (meta/v1 FieldsV1).</summary>
public static class FieldsV1
{
    private const int MaxDepth = 512;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 0, SkipValidation = true };
    private static readonly JsonEncodedText Self = JsonEncodedText.Encode(".");

    /// <summary>Reads a set; steps of kinds that are not known are left out.</summary>
    /// <exception cref="FormatException">The text is no field set.</exception>
    public static FieldSet Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            return ReadNode(ref reader, out _);
        }
        catch (JsonException e)
        {
            throw new FormatException("the field set is not JSON: " + e.Message, e);
        }
    }

    /// <summary>Reads a set.</summary>
    /// <exception cref="FormatException">The tree is no field set.</exception>
    public static FieldSet Read(JsonNode? node) => node is null ? FieldSet.Empty : Read(Json.JsonText.Utf8(node).Span);

    /// <summary>Writes a set compactly, the steps sorted by their bytes.</summary>
    public static ReadOnlyMemory<byte> Write(FieldSet set)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            WriteNode(writer, set, isMember: false);
        }

        return buffer.WrittenMemory;
    }

    internal static void WriteNode(Utf8JsonWriter writer, FieldSet? set, bool isMember)
    {
        writer.WriteStartObject();
        if (set is { IsEmpty: false })
        {
            if (isMember)
            {
                writer.WriteStartObject(Self);
                writer.WriteEndObject();
            }

            foreach (ref readonly var node in set.Nodes)
            {
                writer.WritePropertyName(node.Key);
                WriteNode(writer, node.Children, node.IsMember);
            }
        }

        writer.WriteEndObject();
    }

    private static FieldSet ReadNode(ref Utf8JsonReader reader, out bool isMember)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException($"a field set is made of objects, and here is a {reader.TokenType}");
        }

        var builder = default(FieldSetBuilder);
        var names = 0;
        isMember = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names++;
            if (reader.ValueTextEquals("."u8))
            {
                isMember = true;
                reader.Read();
                reader.Skip();
            }
            else
            {
                ReadMember(ref reader, ref builder);
            }
        }

        isMember |= names == 0;
        return builder.Build();
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref FieldSetBuilder builder)
    {
        var text = reader.GetString()!;
        reader.Read();
        if (!PathKey.TryNormalize(text, out var key))
        {
            reader.Skip();
            return;
        }

        var children = ReadNode(ref reader, out var isMember);
        builder.Add(key, isMember, children);
    }
}
