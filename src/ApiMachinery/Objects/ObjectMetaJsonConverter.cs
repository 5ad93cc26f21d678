using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>JSON of <see cref="ObjectMeta"/>: unknown members are skipped, null reads as <see cref="ObjectMeta.Empty"/>.</summary>
public sealed class ObjectMetaJsonConverter : JsonConverter<ObjectMeta>
{
    private static readonly TimestampJsonConverter Timestamps = new();
    private static readonly StringMapJsonConverter Maps = new();

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override ObjectMeta Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return ObjectMeta.Empty;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("metadata must be an object");
        }

        var fields = default(Fields);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            fields.ReadOne(ref reader, options);
        }

        return fields.ToMeta();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ObjectMeta value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteText(writer, "name"u8, value.Name);
        WriteText(writer, "generateName"u8, value.GenerateName);
        WriteText(writer, "namespace"u8, value.Namespace);
        WriteText(writer, "uid"u8, value.Uid);
        WriteText(writer, "resourceVersion"u8, value.ResourceVersion);
        if (value.Generation != 0)
        {
            writer.WriteNumber("generation"u8, value.Generation);
        }

        WriteTime(writer, "creationTimestamp"u8, value.CreationTimestamp, options);
        WriteTime(writer, "deletionTimestamp"u8, value.DeletionTimestamp, options);
        if (value.DeletionGracePeriodSeconds is { } grace)
        {
            writer.WriteNumber("deletionGracePeriodSeconds"u8, grace);
        }

        WriteMap(writer, "labels"u8, value.Labels, options);
        WriteMap(writer, "annotations"u8, value.Annotations, options);
        WriteFinalizers(writer, value.Finalizers);
        if (value.OwnerReferences.Count > 0)
        {
            writer.WritePropertyName("ownerReferences"u8);
            JsonSerializer.Serialize(writer, value.OwnerReferences, ObjectMetaJsonContext.Default.IReadOnlyListOwnerReference);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time, JsonSerializerOptions options)
    {
        if (time is not null)
        {
            writer.WritePropertyName(name);
            Timestamps.Write(writer, time, options);
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, StringMap map, JsonSerializerOptions options)
    {
        if (map.Count > 0)
        {
            writer.WritePropertyName(name);
            Maps.Write(writer, map, options);
        }
    }

    private static void WriteFinalizers(Utf8JsonWriter writer, IReadOnlyList<string> finalizers)
    {
        if (finalizers.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("finalizers"u8);
        foreach (var finalizer in finalizers)
        {
            writer.WriteStringValue(finalizer);
        }

        writer.WriteEndArray();
    }

    private struct Fields
    {
        private string? _name, _generateName, _namespace, _uid, _resourceVersion;
        private long _generation;
        private long? _grace;
        private DateTimeOffset? _created, _deleted;
        private StringMap? _labels, _annotations;
        private List<string>? _finalizers;
        private IReadOnlyList<OwnerReference>? _owners;

        public void ReadOne(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                _name = ReadText(ref reader, "metadata.name");
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                _namespace = ReadText(ref reader, "metadata.namespace", pooled: true);
            }
            else if (reader.ValueTextEquals("generateName"u8))
            {
                _generateName = ReadText(ref reader, "metadata.generateName");
            }
            else if (reader.ValueTextEquals("uid"u8))
            {
                _uid = ReadText(ref reader, "metadata.uid");
            }
            else if (reader.ValueTextEquals("resourceVersion"u8))
            {
                _resourceVersion = ReadText(ref reader, "metadata.resourceVersion");
            }
            else if (reader.ValueTextEquals("generation"u8))
            {
                _generation = ReadNumber(ref reader, "metadata.generation") ?? 0;
            }
            else if (reader.ValueTextEquals("deletionGracePeriodSeconds"u8))
            {
                _grace = ReadNumber(ref reader, "metadata.deletionGracePeriodSeconds");
            }
            else
            {
                ReadComposite(ref reader, options);
            }
        }

        public readonly ObjectMeta ToMeta() => new()
        {
            Name = _name ?? "",
            GenerateName = _generateName,
            Namespace = _namespace ?? "",
            Uid = _uid,
            ResourceVersion = _resourceVersion,
            Generation = _generation,
            CreationTimestamp = _created,
            DeletionTimestamp = _deleted,
            DeletionGracePeriodSeconds = _grace,
            Labels = _labels ?? StringMap.Empty,
            Annotations = _annotations ?? StringMap.Empty,
            Finalizers = _finalizers ?? (IReadOnlyList<string>)[],
            OwnerReferences = _owners ?? [],
        };

        private void ReadComposite(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            if (reader.ValueTextEquals("labels"u8))
            {
                _labels = ReadMap(ref reader, "metadata.labels", options);
            }
            else if (reader.ValueTextEquals("annotations"u8))
            {
                _annotations = ReadMap(ref reader, "metadata.annotations", options);
            }
            else if (reader.ValueTextEquals("creationTimestamp"u8))
            {
                _created = ReadTime(ref reader, "metadata.creationTimestamp", options);
            }
            else if (reader.ValueTextEquals("deletionTimestamp"u8))
            {
                _deleted = ReadTime(ref reader, "metadata.deletionTimestamp", options);
            }
            else if (reader.ValueTextEquals("finalizers"u8))
            {
                _finalizers = ReadFinalizers(ref reader);
            }
            else if (reader.ValueTextEquals("ownerReferences"u8))
            {
                reader.Read();
                _owners = JsonSerializer.Deserialize(ref reader, ObjectMetaJsonContext.Default.IReadOnlyListOwnerReference);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        private static string? ReadText(ref Utf8JsonReader reader, string path, bool pooled = false)
        {
            reader.Read();
            return reader.TokenType switch
            {
                JsonTokenType.String => pooled ? StringPool.Read(ref reader) : reader.GetString(),
                JsonTokenType.Null => null,
                _ => throw new JsonException($"{path}: must be a string"),
            };
        }

        private static long? ReadNumber(ref Utf8JsonReader reader, string path)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                return null;
            }

            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)
                ? number
                : throw new JsonException($"{path}: must be a whole number");
        }

        private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader, string path, JsonSerializerOptions options)
        {
            reader.Read();
            try
            {
                return Timestamps.Read(ref reader, typeof(DateTimeOffset?), options);
            }
            catch (JsonException e)
            {
                throw new JsonException($"{path}: {e.Message}", e);
            }
        }

        private static StringMap ReadMap(ref Utf8JsonReader reader, string path, JsonSerializerOptions options)
        {
            reader.Read();
            try
            {
                return Maps.Read(ref reader, typeof(StringMap), options);
            }
            catch (JsonException e)
            {
                throw new JsonException($"{path}: {e.Message}", e);
            }
        }

        private static List<string>? ReadFinalizers(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                return null;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("metadata.finalizers: must be a list of strings");
            }

            var finalizers = new List<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                finalizers.Add(reader.TokenType == JsonTokenType.String
                    ? StringPool.Read(ref reader)!
                    : throw new JsonException($"metadata.finalizers[{finalizers.Count}]: must be a string"));
            }

            return finalizers;
        }
    }
}
