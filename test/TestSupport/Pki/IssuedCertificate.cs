using System.Security.Cryptography.X509Certificates;

namespace KubeFed.TestSupport.Pki;

/// <summary>A certificate and its private key, both in PEM.</summary>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="KeyPem">The key, PKCS #8, not encrypted.</param>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem)
{
    /// <summary>The certificate with its key, as <see cref="System.Net.Security.SslStream"/> wants it. The caller disposes it.</summary>
    public X509Certificate2 ToX509() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
}
