using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Makes JSON of the bodies that were captured.</summary>
internal static class AuditBody
{
    /// <summary>The largest body that is written.</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>The body as one JSON value; null when it is empty, too large or no object that could be read.</summary>
    public static JsonNode? Read(BodyCapture capture, string? contentType, bool gzip, bool omitManagedFields)
    {
        if (capture.IsTooLarge || capture.Bytes.IsEmpty)
        {
            return null;
        }

        try
        {
            var bytes = gzip ? Unzip(capture.Bytes) : capture.Bytes;
            var node = contentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true ? KubeYaml.ToJson(bytes) : KubeJson.Parse(bytes);
            if (omitManagedFields)
            {
                DropManagedFields(node);
            }

            return node;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Unzip(ReadOnlyMemory<byte> zipped)
    {
        using var source = new MemoryStream(zipped.ToArray());
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
        {
            if (plain.Length + read > MaxBytes)
            {
                throw new InvalidDataException("the body is too large");
            }

            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }

    private static void DropManagedFields(JsonNode? node)
    {
        if (node is not JsonObject root)
        {
            return;
        }

        (root["metadata"] as JsonObject)?.Remove("managedFields");
        foreach (var item in root["items"] as JsonArray ?? [])
        {
            (item?["metadata"] as JsonObject)?.Remove("managedFields");
        }
    }
}
