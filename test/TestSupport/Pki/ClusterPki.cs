using System.Security.Cryptography;

namespace KubeFed.TestSupport.Pki;

/// <summary>
/// All keys and certificates of one test cluster, as files: its authority, the serving certificate, the administrator's, the key pair of
/// the service accounts, and the front proxy's authority and certificate, which the aggregation layer needs.
/// </summary>
public sealed class ClusterPki
{
    private static readonly string[] ServerNames =
    [
        "127.0.0.1", "::1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
    ];

    private readonly string _folder;

    /// <summary>Makes everything and writes it below a folder.</summary>
    public ClusterPki(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        using var authority = new CertificateAuthority("kubernetes-ca");
        using var frontProxyAuthority = new CertificateAuthority("front-proxy-ca");
        using var serviceAccountKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AuthorityPem = authority.CertificatePem;
        Administrator = authority.IssueClient("kubernetes-admin", "system:masters");
        Write(AuthorityPath, AuthorityPem);
        Write(ServingCertificatePath, ServingKeyPath, authority.IssueServer("kube-apiserver", ServerNames));
        Write(FrontProxyAuthorityPath, frontProxyAuthority.CertificatePem);
        Write(FrontProxyCertificatePath, FrontProxyKeyPath, frontProxyAuthority.IssueClient("front-proxy-client"));
        Write(ServiceAccountKeyPath, serviceAccountKey.ExportPkcs8PrivateKeyPem() + "\n");
        Write(ServiceAccountPublicKeyPath, serviceAccountKey.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    /// <summary>The cluster's authority in PEM.</summary>
    public string AuthorityPem { get; }

    /// <summary>The certificate of a user in the group <c>system:masters</c>.</summary>
    public IssuedCertificate Administrator { get; }

    internal string AuthorityPath => In("ca.crt");

    internal string ServingCertificatePath => In("apiserver.crt");

    internal string ServingKeyPath => In("apiserver.key");

    internal string FrontProxyAuthorityPath => In("front-proxy-ca.crt");

    internal string FrontProxyCertificatePath => In("front-proxy-client.crt");

    internal string FrontProxyKeyPath => In("front-proxy-client.key");

    internal string ServiceAccountKeyPath => In("sa.key");

    internal string ServiceAccountPublicKeyPath => In("sa.pub");

    private string In(string name) => Path.Combine(_folder, name);

    private static void Write(string certificatePath, string keyPath, IssuedCertificate issued)
    {
        Write(certificatePath, issued.CertificatePem);
        Write(keyPath, issued.KeyPem);
    }

    private static void Write(string path, string pem) => File.WriteAllText(path, pem);
}
