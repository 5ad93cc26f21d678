using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>
/// Between objects and what is stored of them: the JSON of the storage version without <c>metadata.resourceVersion</c>, members sorted, so
/// that equal objects are equal bytes. The resource version is the revision of the write and is put in when a value is read.
/// </summary>
public static class StoredObjectCodec
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth * 2 };

    /// <summary>
    /// The object of a stored value, in the storage version: its resource version written in, and the defaults of the schema that was
    /// installed after the object was written.
    /// </summary>
    /// <exception cref="KubeObjectFormatException">The value is no object: the store is damaged, or the key is somebody else's.</exception>
    public static KubeObject Decode(StoredValue value, ResourceType type)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(type);
        return TypeRuntime.Of(type).Storage.WithDefaults(WithResourceVersion(value.Value.Span, value.Revision));
    }

    /// <summary>The bytes to store of an object. Its <c>metadata.resourceVersion</c>, if any, is removed from the tree.</summary>
    public static ReadOnlyMemory<byte> Encode(JsonObject root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (root["metadata"] is JsonObject metadata)
        {
            metadata.Remove("resourceVersion");
        }

        return CanonicalJson.Encode(root);
    }

    /// <summary>A copy of stored bytes with the resource version at its place in the sorted metadata.</summary>
    internal static byte[] WithResourceVersion(ReadOnlySpan<byte> json, long revision)
    {
        var (at, before, after) = FindPlace(json);
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out int length);
        byte[] result = new byte[json.Length + 20 + length + (before ? 1 : 0) + (after ? 1 : 0)];
        var rest = result.AsSpan();
        Append(ref rest, json[..at]);
        Append(ref rest, before ? ","u8 : default);
        Append(ref rest, "\"resourceVersion\":\""u8);
        Append(ref rest, digits[..length]);
        Append(ref rest, "\""u8);
        Append(ref rest, after ? ","u8 : default);
        Append(ref rest, json[at..]);
        return result;
    }

    private static void Append(ref Span<byte> rest, scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(rest);
        rest = rest[text.Length..];
    }

    // Where the member goes, and whether a comma is needed before or after it.
    private static (int At, bool Before, bool After) FindPlace(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        try
        {
            if (reader.Read() && MoveToMetadata(ref reader))
            {
                return FindInMetadata(ref reader);
            }
        }
        catch (JsonException e)
        {
            throw new KubeObjectFormatException($"the stored value is not JSON: {e.Message}", e);
        }

        throw new KubeObjectFormatException("the stored value is no object with metadata");
    }

    private static bool MoveToMetadata(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (found)
            {
                return reader.TokenType == JsonTokenType.StartObject;
            }

            reader.Skip();
        }

        return false;
    }

    private static (int At, bool Before, bool After) FindInMetadata(ref Utf8JsonReader reader)
    {
        bool any = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int order = reader.ValueSpan.SequenceCompareTo("resourceVersion"u8);
            if (order == 0)
            {
                throw new KubeObjectFormatException("the stored value carries a resource version");
            }

            if (order > 0)
            {
                return ((int)reader.TokenStartIndex, Before: false, After: true);
            }

            any = true;
            reader.Read();
            reader.Skip();
        }

        return ((int)reader.TokenStartIndex, Before: any, After: false);
    }
}
