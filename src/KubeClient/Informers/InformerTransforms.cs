using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Informers;

/// <summary>Ready-made transforms for <see cref="InformerOptions.Transform"/>. They work on bytes and build no tree.</summary>
public static class InformerTransforms
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth };
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true, MaxDepth = KubeObject.MaxDepth };

    /// <summary>Drops <c>metadata.managedFields</c>, often half of an object. Returns the same object where there is none.</summary>
    public static KubeObject DropManagedFields(KubeObject value)
    {
        var reader = new Utf8JsonReader(value.Utf8Json.Span, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (!isMetadata)
            {
                reader.Skip();
                continue;
            }

            return FindManagedFields(ref reader, out var start, out var end) ? WithJson(value, Cut(value.Utf8Json.Span, start, end), value.Metadata) : value;
        }

        return value;
    }

    /// <summary>
    /// Keeps apiVersion, kind and metadata, and of metadata everything but <c>managedFields</c> and the annotation in which
    /// kubectl keeps the last applied configuration.
    /// </summary>
    public static KubeObject MetadataEssentials(KubeObject value)
    {
        using var buffer = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteEssentials(writer, value);
        }

        return WithJson(value, buffer.ToArray(), WithoutLastApplied(value.Metadata));
    }

    /// <summary>As <see cref="MetadataEssentials"/>, with <c>status</c> where the object has one.</summary>
    public static KubeObject MetadataAndStatus(KubeObject value)
    {
        if (!value.TryGetRaw(out var status, "status"))
        {
            return MetadataEssentials(value);
        }

        using var buffer = new MemoryStream(512 + status.Length);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteEssentials(writer, value, status);
        }

        return WithJson(value, buffer.ToArray(), WithoutLastApplied(value.Metadata));
    }

    /// <summary>What a transform leaves of an object needs no parsing: it is known what the transform took.</summary>
    private static KubeObject WithJson(KubeObject value, byte[] json, ObjectMeta metadata) =>
        KubeObject.Create(json, value.GroupVersionKind, metadata);

    private static ObjectMeta WithoutLastApplied(ObjectMeta metadata) => metadata.Annotations.ContainsKey(LastApplied)
        ? metadata with { Annotations = StringMap.From(metadata.Annotations.Where(a => a.Key != LastApplied)) }
        : metadata;

    private static void WriteEssentials(Utf8JsonWriter writer, KubeObject value, ReadOnlyMemory<byte> status = default)
    {
        writer.WriteStartObject();
        writer.WriteString("apiVersion"u8, value.ApiVersion);
        writer.WriteString("kind"u8, value.Kind);
        writer.WritePropertyName("metadata"u8);
        writer.WriteStartObject();
        if (value.TryGetRaw(out var metadata, "metadata"))
        {
            CopyMembers(writer, metadata.Span);
        }

        writer.WriteEndObject();
        if (!status.IsEmpty)
        {
            writer.WritePropertyName("status"u8);
            writer.WriteRawValue(status.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static void CopyMembers(Utf8JsonWriter writer, ReadOnlySpan<byte> metadata)
    {
        var reader = new Utf8JsonReader(metadata, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("managedFields"u8))
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            var isAnnotations = reader.ValueTextEquals("annotations"u8);
            writer.WritePropertyName(reader.GetString()!);
            reader.Read();
            if (isAnnotations && reader.TokenType == JsonTokenType.StartObject)
            {
                CopyAnnotations(writer, ref reader);
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            writer.WriteRawValue(metadata[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }

    private static void CopyAnnotations(Utf8JsonWriter writer, ref Utf8JsonReader reader)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name != LastApplied)
            {
                writer.WriteString(name, reader.GetString());
            }
        }

        writer.WriteEndObject();
    }

    private static bool FindManagedFields(ref Utf8JsonReader reader, out int start, out int end)
    {
        start = end = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            start = (int)reader.TokenStartIndex;
            var found = reader.ValueTextEquals("managedFields"u8);
            reader.Read();
            reader.Skip();
            end = (int)reader.BytesConsumed;
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cuts one member out, with the one comma that belongs to it.</summary>
    private static byte[] Cut(ReadOnlySpan<byte> json, int start, int end)
    {
        var after = json[end..].TrimStart(" \t\r\n"u8);
        if (after[0] == (byte)',')
        {
            end = json.Length - after.Length + 1;
        }
        else
        {
            var before = json[..start].TrimEnd(" \t\r\n"u8);
            start = before[^1] == (byte)',' ? before.Length - 1 : start;
        }

        var rest = new byte[json.Length - (end - start)];
        json[..start].CopyTo(rest);
        json[end..].CopyTo(rest.AsSpan(start));
        return rest;
    }
}
