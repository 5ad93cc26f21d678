using System.Security.Cryptography;
using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// A client certificate of which at least one half lies in a file. The files are compared at most every ten seconds, and when
/// the server refuses; while they do not fit together (somebody is replacing them) the last certificate is used on.
/// </summary>
internal sealed class CertificateFileSource(KubeClientConfig config, TimeProvider clock, ILogger logger) : FileCredentialSource(TimeSpan.FromSeconds(10), clock)
{
    private ReadOnlyMemory<byte> _certificate;
    private ReadOnlyMemory<byte> _key;

    private string Name => config.ClientCertificateFile ?? config.ClientKeyFile ?? "";

    protected override Credential Read(Credential? last)
    {
        try
        {
            var certificate = config.ClientCertificateData.IsEmpty
                ? SmallFile.ReadBytes(config.ClientCertificateFile!)
                : config.ClientCertificateData;
            var key = config.ClientKeyData.IsEmpty ? SmallFile.ReadBytes(config.ClientKeyFile!) : config.ClientKeyData;
            return last is not null && _certificate.Span.SequenceEqual(certificate.Span) && _key.Span.SequenceEqual(key.Span)
                ? last
                : Changed(certificate, key, isFirst: last is null);
        }
        catch (Exception e) when (e is KubeConfigException or CryptographicException)
        {
            var fallback = last ?? throw new CredentialException($"cannot use the client certificate {Name}: {e.Message}", e);
            AuthenticationLog.CertificateUnreadable(logger, Name, e.Message);
            return fallback;
        }
    }

    private Credential Changed(ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> key, bool isFirst)
    {
        var credential = new Credential(null, ClientCertificate.FromPem(certificate.Span, key.Span));
        if (!isFirst)
        {
            AuthenticationLog.CertificateChanged(logger, Name);
        }

        (_certificate, _key) = (certificate, key);
        return credential;
    }
}
