using System.Security.Cryptography;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.Hyperfed.Playground.Processes;
using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>The keys and certificates of one cluster, as files: its own, the front proxy's, and the pair that signs service accounts' tokens.</summary>
internal sealed class ClusterKeys
{
    public const string FrontProxyName = "front-proxy-client";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly string[] Hosts =
        ["127.0.0.1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"];

    private readonly GuardedFolder _folder;

    /// <summary>Makes all and writes them.</summary>
    public ClusterKeys(GuardedFolder folder, TimeProvider time)
    {
        _folder = folder;
        Own = OwnCertificates.Open(folder.File("certificates"), time, NullLogger.Instance);
        Own.Serving(Hosts);
        var now = time.GetUtcNow();
        var frontProxy = CertificateMaker.MakeAuthority("front-proxy-ca", now, Lifetime);
        PrivateFile.Write(FrontProxyAuthority, frontProxy.CertificatePem);
        var client = CertificateMaker.IssueClient(frontProxy, FrontProxyName, [], now, Lifetime);
        PrivateFile.Write(FrontProxyCertificate, client.CertificatePem);
        PrivateFile.Write(FrontProxyKey, client.KeyPem);
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(TokenKey, signer.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(TokenPublicKey, signer.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>The cluster's authority, by which its administrator is known.</summary>
    public OwnCertificates Own { get; }

    public string Authority => _folder.File("certificates/ca.crt");

    public string Certificate => _folder.File("certificates/apiserver.crt");

    public string Key => _folder.File("certificates/apiserver.key");

    public string FrontProxyAuthority => _folder.File("front-proxy-ca.crt");

    public string FrontProxyCertificate => _folder.File("front-proxy.crt");

    public string FrontProxyKey => _folder.File("front-proxy.key");

    public string TokenKey => _folder.File("service-accounts.key");

    public string TokenPublicKey => _folder.File("service-accounts.pub");
}
