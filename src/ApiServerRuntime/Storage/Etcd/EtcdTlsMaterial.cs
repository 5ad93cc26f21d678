using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>The contents of the TLS files at one time. Equal when the files' bytes are.</summary>
internal sealed class EtcdTlsMaterial : IEquatable<EtcdTlsMaterial>
{
    private readonly byte[] _authority;
    private readonly byte[] _certificate;
    private readonly byte[] _key;

    private EtcdTlsMaterial(byte[] authority, byte[] certificate, byte[] key)
    {
        _authority = authority;
        _certificate = certificate;
        _key = key;
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static EtcdTlsMaterial Read(EtcdStorageOptions options) =>
        new(ReadFile(options.AuthorityFile), ReadFile(options.CertificateFile), ReadFile(options.KeyFile));

    /// <summary>The files as TLS wants them.</summary>
    /// <exception cref="CryptographicException">A file holds something else, or key and certificate do not belong together.</exception>
    public SslClientAuthenticationOptions ToSslOptions()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_authority.Length > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Certificates(_authority, "the authority file"));
        }

        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = _certificate.Length == 0 ? null : ClientCertificate(),
        };
    }

    public bool Equals(EtcdTlsMaterial? other) =>
        other is not null
        && _authority.AsSpan().SequenceEqual(other._authority)
        && _certificate.AsSpan().SequenceEqual(other._certificate)
        && _key.AsSpan().SequenceEqual(other._key);

    public override bool Equals(object? obj) => Equals(obj as EtcdTlsMaterial);

    public override int GetHashCode() => HashCode.Combine(_authority.Length, _certificate.Length, _key.Length);

    private static byte[] ReadFile(string? path) => string.IsNullOrEmpty(path) ? [] : File.ReadAllBytes(path);

    private static X509Certificate2Collection Certificates(byte[] pem, string name)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        return certificates.Count > 0 ? certificates : throw new CryptographicException($"{name} holds no certificate in PEM form");
    }

    private SslStreamCertificateContext ClientCertificate()
    {
        var chain = Certificates(_certificate, "the client certificate file");
        try
        {
            var leaf = X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), Encoding.UTF8.GetString(_key));
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("the client key does not belong to the client certificate", e);
        }
    }
}
