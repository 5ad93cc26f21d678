using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeFed.TestSupport.Pki;

/// <summary>A self-signed certificate authority with an elliptic curve key (P-256) that issues certificates for tests, valid for a day.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _from;

    /// <summary>Makes a new key and certificate.</summary>
    /// <param name="name">The authority's common name.</param>
    /// <param name="timeProvider">Where the time of issue comes from; default the system.</param>
    public CertificateAuthority(string name, TimeProvider? timeProvider = null)
    {
        _from = (timeProvider ?? TimeProvider.System).GetUtcNow().AddMinutes(-5);
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(_from, _from.AddDays(2));
    }

    /// <summary>The authority's own certificate in PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Issues a certificate that a client identifies itself with.</summary>
    /// <param name="user">The common name, which Kubernetes takes for the user's name.</param>
    /// <param name="groups">The organizations, which Kubernetes takes for the user's groups.</param>
    public IssuedCertificate IssueClient(string user, params IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
        {
            subject.AddOrganizationName(group);
        }

        subject.AddCommonName(user);
        return Issue(subject, "1.3.6.1.5.5.7.3.2", names: null);
    }

    /// <summary>Issues a certificate for a TLS server.</summary>
    /// <param name="commonName">The common name.</param>
    /// <param name="hosts">The DNS names and IP addresses that it is valid for.</param>
    public IssuedCertificate IssueServer(string commonName, params IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        return Issue(subject, "1.3.6.1.5.5.7.3.1", names);
    }

    /// <summary>Drops the key.</summary>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    private IssuedCertificate Issue(X500DistinguishedNameBuilder subject, string usage, SubjectAlternativeNameBuilder? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_certificate, _from, _from.AddDays(1), RandomNumberGenerator.GetBytes(16));
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
