using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeFed.KubeClient.Certificates;

/// <summary>Makes certificate authorities and the serving certificates that they sign. Keys are ECDSA P-256.</summary>
public static class CertificateMaker
{
    /// <summary>Clocks of clients may be this much behind: a certificate is valid from that long before it is made.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Makes a self-signed authority.</summary>
    /// <param name="commonName">Its name. Two authorities in one bundle need two names.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long it is valid.</param>
    public static PemKeyPair MakeAuthority(string commonName, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf(commonName, []), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now - ClockSkew, now + lifetime);
        return new PemKeyPair(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Makes a certificate for a TLS server.</summary>
    /// <param name="authority">Who signs it.</param>
    /// <param name="hosts">The DNS names and IP addresses that it is valid for; the first is also its common name.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long it is valid; cut to the authority's own end.</param>
    public static PemKeyPair IssueServer(PemKeyPair authority, IReadOnlyList<string> hosts, DateTimeOffset now, TimeSpan lifetime)
    {
        if (hosts.Count == 0)
        {
            throw new ArgumentException("a serving certificate needs a host", nameof(hosts));
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.Ordinal))
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

        return Issue(authority, NameOf(hosts[0].Length > 64 ? hosts[0][..64] : hosts[0], []), ServerAuthentication, names, now, lifetime);
    }

    /// <summary>Makes a certificate by which a client proves to be a user.</summary>
    /// <param name="authority">Who signs it.</param>
    /// <param name="user">The user name (the common name).</param>
    /// <param name="groups">The user's groups (the organizations).</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long it is valid; cut to the authority's own end.</param>
    public static PemKeyPair IssueClient(PemKeyPair authority, string user, IEnumerable<string> groups, DateTimeOffset now, TimeSpan lifetime) =>
        Issue(authority, NameOf(user, groups), ClientAuthentication, names: null, now, lifetime);

    private static X500DistinguishedName NameOf(string commonName, IEnumerable<string> organizations)
    {
        var name = new X500DistinguishedNameBuilder();
        foreach (var organization in organizations)
        {
            name.AddOrganizationName(organization);
        }

        name.AddCommonName(commonName);
        return name.Build();
    }

    private static PemKeyPair Issue(
        PemKeyPair authority, X500DistinguishedName subject, string usage, SubjectAlternativeNameBuilder? names, DateTimeOffset now, TimeSpan lifetime)
    {
        using var issuer = authority.Load();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        var first = new DateTimeOffset(issuer.NotBefore.ToUniversalTime());
        var last = new DateTimeOffset(issuer.NotAfter.ToUniversalTime());
        var begin = now - ClockSkew < first ? first : now - ClockSkew;
        using var certificate = request.Create(issuer, begin, now + lifetime < last ? now + lifetime : last, RandomNumberGenerator.GetBytes(16));
        return new PemKeyPair(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
