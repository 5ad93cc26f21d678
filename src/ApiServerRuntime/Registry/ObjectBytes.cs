using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>The bytes that are stored of a tree in the version of a request.</summary>
internal static class ObjectBytes
{
    // "resourceVersion":"" and a comma: a stored object always has other metadata.
    private const int MemberLength = 21;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>The canonical JSON in the storage version, without a resource version.</summary>
    /// <exception cref="StatusException">413: it is too large. 400: it could not be read again, because it is nested too deeply.</exception>
    public static byte[] Encode(WriteSession session, JsonObject root, int maxBytes)
    {
        Tree.Metadata(root).Remove("resourceVersion");
        byte[] bytes = session.Version.IsStorage ? CanonicalJson.Encode(root) : EncodeConverted(session, root);
        CheckReadable(bytes);
        return bytes.Length <= maxBytes ? bytes : throw StatusErrors.RequestEntityTooLarge($"limit is {maxBytes}");
    }

    private static byte[] EncodeConverted(WriteSession session, JsonObject root)
    {
        var conversion = session.Version.Version.Conversion;
        var stored = conversion is null ? root : (JsonObject)root.DeepClone();
        stored["apiVersion"] = session.Type.Storage.ApiVersion;
        conversion?.ToStorage(stored);
        byte[] bytes = CanonicalJson.Encode(stored);
        root["apiVersion"] = session.Version.ApiVersion;
        return bytes;
    }

    // What cannot be read again must not be stored.
    private static void CheckReadable(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, ReaderOptions);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new StatusException(StatusErrors.BadRequest(e.Message).Status, e);
        }
    }

    /// <summary>Whether the bytes are those of an object that was read from the storage.</summary>
    public static bool AreThoseOf(ReadOnlySpan<byte> bytes, CurrentObject current) =>
        HaveLengthOf(bytes, current)
        && StoredObjectCodec.WithResourceVersion(bytes, current.Revision).AsSpan().SequenceEqual(current.Stored.Utf8Json.Span);

    /// <summary>Whether the bytes are as many as those of an object that was read from the storage.</summary>
    public static bool HaveLengthOf(ReadOnlySpan<byte> bytes, CurrentObject current) =>
        current.Stored.Utf8Json.Length - bytes.Length == MemberLength + current.ResourceVersion.Length;
}
