using System.Security.Cryptography;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Standalone.Installation;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Serving;

/// <summary>The certificates of a cluster and the key that signs its tokens, in its folder or in memory.</summary>
internal sealed class ClusterIdentity : IDisposable
{
    /// <summary>As whom the cluster's API speaks to the servers of APIServices.</summary>
    public const string FrontProxyName = "front-proxy-client";

    private ClusterIdentity(OwnCertificates certificates, OwnCertificates frontProxy, TokenSigner signer)
    {
        Certificates = certificates;
        FrontProxy = frontProxy;
        Signer = signer;
    }

    public OwnCertificates Certificates { get; }

    /// <summary>The authority of the front proxy, which no other certificate is of.</summary>
    public OwnCertificates FrontProxy { get; }

    public TokenSigner Signer { get; }

    /// <exception cref="DevClusterException">What is in the folder cannot be used.</exception>
    public static ClusterIdentity Open(ClusterFolder? folder, TimeProvider time, ILogger logger)
    {
        if (folder is null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new ClusterIdentity(OwnCertificates.InMemory(time, logger), OwnCertificates.InMemory(time, logger), TokenSigner.FromPem(key.ExportPkcs8PrivateKeyPem()));
        }

        try
        {
            var certificates = OwnCertificates.Open(folder.File("certificates"), time, logger);
            return new ClusterIdentity(certificates, OwnCertificates.Open(folder.File("front-proxy"), time, logger), TokenSigner.FromFile(folder.File("service-accounts.key")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new DevClusterException($"the certificates and keys in {folder.Path} cannot be used: {e.Message}", e);
        }
    }

    public void Dispose() => Signer.Dispose();
}
