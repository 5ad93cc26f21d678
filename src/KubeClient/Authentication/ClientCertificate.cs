using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeFed.KubeClient.Authentication;

/// <summary>A client certificate with its key and the intermediates that were given with it.</summary>
internal sealed class ClientCertificate
{
    private ClientCertificate(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        Leaf = leaf;
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    public X509Certificate2 Leaf { get; }

    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads PEM.</summary>
    /// <exception cref="CryptographicException">There is no certificate, no readable key, or the two do not belong together.</exception>
    public static ClientCertificate FromPem(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.UTF8.GetString(certificate));
        if (certificates.Count == 0)
        {
            throw new CryptographicException("no certificate in PEM form was found");
        }

        var leaf = WithKey(certificates[0], Encoding.UTF8.GetString(key));
        certificates.RemoveAt(0);
        return new ClientCertificate(leaf, certificates);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string key)
    {
        try
        {
            using (certificate)
            {
                return Persisted(X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key));
            }
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("the key does not belong to the certificate", e);
        }
    }

    /// <summary>Windows' TLS takes no key that lives in memory only.</summary>
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
