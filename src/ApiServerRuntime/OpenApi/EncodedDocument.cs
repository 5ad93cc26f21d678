using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The bytes of a document, plain and compressed, and their SHA-512 in upper-case hexadecimal.</summary>
internal sealed class EncodedDocument(byte[] plain)
{
    private readonly Lazy<byte[]> _compressed = new(() => Compress(plain));

    public byte[] Plain { get; } = plain;

    public byte[] Compressed => _compressed.Value;

    public string Hash { get; } = Convert.ToHexString(SHA512.HashData(plain));

    public string ETag => $"\"{Hash}\"";

    public static EncodedDocument Of(JsonObject document) => new(Encoding.UTF8.GetBytes(document.ToJsonString()));

    private static byte[] Compress(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }
}
