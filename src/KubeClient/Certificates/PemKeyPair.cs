using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeFed.KubeClient.Certificates;

/// <summary>A certificate and its private key, in PEM. The text form of this record does not show the key.</summary>
/// <param name="CertificatePem">The certificate, followed by any intermediate ones.</param>
/// <param name="KeyPem">The private key; a secret.</param>
public sealed record PemKeyPair(string CertificatePem, string KeyPem)
{
    /// <summary>The certificate with its key; the caller's to dispose.</summary>
    /// <exception cref="CryptographicException">One of them is malformed, or they do not belong together.</exception>
    public X509Certificate2 Load()
    {
        try
        {
            return X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
        }
        catch (ArgumentException e)
        {
            // What the platform throws for the key of another certificate, as while two files are being replaced.
            throw new CryptographicException("the key is not that of the certificate", e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(PemKeyPair);
}
