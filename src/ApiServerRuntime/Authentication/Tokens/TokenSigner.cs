using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiServerRuntime.Authentication.Tokens;

/// <summary>
/// Signs and checks JSON Web Tokens in the compact form (RFC 7515) with ES256 and one key. The algorithm is fixed: what a token's header says is
/// compared with it, and never chosen by. Safe for concurrent use.
/// </summary>
public sealed class TokenSigner : IDisposable
{
    private const string Algorithm = "ES256";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int MaxTokenChars = 16 * 1024;
    private const int SignatureBytes = 64;

    private readonly Lock _gate = new();
    private readonly ECDsa _key;
    private readonly string _header;

    private TokenSigner(ECDsa key)
    {
        _key = key;
        KeyId = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        _header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["alg"] = Algorithm, ["kid"] = KeyId, ["typ"] = "JWT" }));
    }

    /// <summary>Names the key in the headers of tokens.</summary>
    public string KeyId { get; }

    /// <summary>Takes a key of the curve P-256.</summary>
    /// <exception cref="CryptographicException">It is no such key in PEM form.</exception>
    public static TokenSigner FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256 ? new TokenSigner(key) : throw new CryptographicException("the key is not of the curve P-256");
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new CryptographicException("the key is not in PEM form", e);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Takes the key of a file, which is made when it is missing and which only its owner may read.</summary>
    /// <exception cref="CryptographicException">The file holds no such key.</exception>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static TokenSigner FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            Make(path);
        }

        return FromPem(File.ReadAllText(path));
    }

    /// <summary>A token with some claims.</summary>
    internal string Sign(ReadOnlySpan<byte> claims)
    {
        var signed = $"{_header}.{Base64Url.EncodeToString(claims)}";
        lock (_gate)
        {
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    /// <summary>The claims of a token, whoever signed it; null for what is no token.</summary>
    internal static byte[]? PeekClaims(string token) => Split(token, out _, out var claims, out _) ? Decode(claims) : null;

    /// <summary>The claims of a token that this key signed; null for any other.</summary>
    internal byte[]? Verify(string token)
    {
        if (!Split(token, out var header, out var claims, out var signature) || Decode(signature) is not { Length: SignatureBytes } bytes || !IsOurs(Decode(header)))
        {
            return null;
        }

        var signed = Encoding.ASCII.GetBytes(token[..(header.Length + 1 + claims.Length)]);
        lock (_gate)
        {
            if (!_key.VerifyData(signed, bytes, HashAlgorithmName.SHA256))
            {
                return null;
            }
        }

        return Decode(claims);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var fresh = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(fresh, options))
            {
                file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster: its key counts.
            File.Delete(fresh);
        }
    }

    private static bool Split(string token, out string header, out string claims, out string signature)
    {
        var parts = token.Length <= MaxTokenChars ? token.Split('.', 4) : [];
        (header, claims, signature) = parts.Length == 3 ? (parts[0], parts[1], parts[2]) : (string.Empty, string.Empty, string.Empty);
        return parts.Length == 3;
    }

    private static byte[]? Decode(string part)
    {
        // Padding and white space, which decoders may take, have no place in a token.
        if (part.AsSpan().ContainsAnyExcept(Letters))
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private bool IsOurs(byte[]? header)
    {
        try
        {
            return header is not null && KubeJson.Parse(header) is JsonObject json && Tree.Text(json, "alg") == Algorithm && Tree.Text(json, "kid") == KeyId && !json.ContainsKey("crit");
        }
        catch (JsonFormatException)
        {
            return false;
        }
    }
}
