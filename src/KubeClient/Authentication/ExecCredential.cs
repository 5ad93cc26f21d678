using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Authentication;

/// <summary>What a plugin printed.</summary>
internal sealed record ExecCredential(Credential Credential, DateTimeOffset? Expiration)
{
    public bool IsExpired(DateTimeOffset now) => Expiration <= now;

    /// <summary>Reads an ExecCredential.</summary>
    /// <exception cref="CredentialException">It is none, or it carries no credential. The message repeats nothing of it.</exception>
    public static ExecCredential Read(ReadOnlyMemory<byte> output, ExecPluginConfig plugin)
    {
        ExecCredentialDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(output.Span, ExecJsonContext.Default.ExecCredentialDocument);
        }
        catch (JsonException e)
        {
            throw Error(plugin, $"its output is not the JSON of an ExecCredential (line {e.LineNumber + 1})");
        }

        if (document?.Kind != "ExecCredential" || document.ApiVersion != plugin.ApiVersion)
        {
            throw Error(plugin, $"its output is not an ExecCredential of {plugin.ApiVersion}");
        }

        var status = document.Status ?? throw Error(plugin, "its output has no status");
        var header = status.Token is { Length: > 0 } token ? BearerToken.Header(token, plugin.ToString()) : null;
        var certificate = ReadCertificate(status, plugin);
        return header is null && certificate is null
            ? throw Error(plugin, "its output has neither a token nor a client certificate")
            : new ExecCredential(new Credential(header, certificate), status.ExpirationTimestamp);
    }

    private static ClientCertificate? ReadCertificate(ExecCredentialStatus status, ExecPluginConfig plugin)
    {
        var (certificate, key) = (status.ClientCertificateData ?? "", status.ClientKeyData ?? "");
        if (certificate.Length == 0 && key.Length == 0)
        {
            return null;
        }

        if (certificate.Length == 0 || key.Length == 0)
        {
            throw Error(plugin, "of clientCertificateData and clientKeyData its output has only one");
        }

        try
        {
            return ClientCertificate.FromPem(Encoding.UTF8.GetBytes(certificate), Encoding.UTF8.GetBytes(key));
        }
        catch (CryptographicException e)
        {
            throw Error(plugin, $"its client certificate cannot be used: {e.Message}");
        }
    }

    private static CredentialException Error(ExecPluginConfig plugin, string what) => new($"{plugin} failed: {what}");
}
