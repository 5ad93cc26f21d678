using System.Buffers;
using System.Text.Json;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>Reads the head of an object in one forward pass over its bytes.</summary>
internal static class KubeObjectReader
{
    private static readonly JsonSerializerOptions NoOptions = JsonSerializerOptions.Default;
    private static readonly ObjectMetaJsonConverter MetaConverter = new();

    public static KubeObject Read(ReadOnlyMemory<byte> json, GroupVersionKind? fallback, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(json.Span, options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }

        string? apiVersion = null, kind = null;
        var meta = ObjectMeta.Empty;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("apiVersion"u8))
            {
                apiVersion = ReadText(ref reader, "apiVersion");
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                kind = ReadText(ref reader, "kind");
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                meta = MetaConverter.Read(ref reader, typeof(ObjectMeta), NoOptions);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (reader.Read())
        {
            throw new JsonException("something follows the object");
        }

        return Build(json, apiVersion, kind, meta, fallback);
    }

    public static bool TryFind(ReadOnlyMemory<byte> json, ReadOnlySpan<string> path, JsonReaderOptions options, out ReadOnlyMemory<byte> value)
    {
        value = default;
        var reader = new Utf8JsonReader(json.Span, options);
        if (!reader.Read())
        {
            return false;
        }

        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !MoveToMember(ref reader, name))
            {
                return false;
            }
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        value = json[start..(int)reader.BytesConsumed];
        return true;
    }

    private static bool MoveToMember(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static KubeObject Build(ReadOnlyMemory<byte> json, string? apiVersion, string? kind, ObjectMeta meta, GroupVersionKind? fallback)
    {
        if (fallback is { } type && string.IsNullOrEmpty(apiVersion) && string.IsNullOrEmpty(kind))
        {
            return KubeObject.Create(WithTypeMeta(json, type), type, meta);
        }

        if (string.IsNullOrEmpty(kind))
        {
            throw new JsonException("kind is missing");
        }

        if (TypePool.Find(apiVersion, kind) is not { } found)
        {
            throw new JsonException(string.IsNullOrEmpty(apiVersion) ? "apiVersion is missing" : $"apiVersion \"{apiVersion}\" is malformed");
        }

        return KubeObject.Create(json, found, meta);
    }

    private static byte[] WithTypeMeta(ReadOnlyMemory<byte> json, GroupVersionKind type)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 80);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion"u8, type.ApiVersion);
            writer.WriteString("kind"u8, type.Kind);
        }

        var body = json.Span;
        var rest = body[(body.IndexOf((byte)'{') + 1)..].TrimStart(" \t\r\n"u8);
        if (rest[0] != (byte)'}')
        {
            output.Write(","u8);
        }

        output.Write(rest);
        return output.WrittenSpan.ToArray();
    }

    private static string? ReadText(ref Utf8JsonReader reader, string path)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => StringPool.Read(ref reader),
            JsonTokenType.Null => null,
            _ => throw new JsonException($"{path} must be a string"),
        };
    }
}
