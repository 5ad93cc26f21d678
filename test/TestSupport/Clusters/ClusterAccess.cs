using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeFed.TestSupport.Pki;

namespace KubeFed.TestSupport.Clusters;

/// <summary>What an administrator needs to reach a cluster.</summary>
internal sealed record ClusterAccess(Uri Server, string AuthorityPem, IssuedCertificate Administrator)
{
    public HttpClient CreateHttpClient() => new(CreateHandler(isAdministrator: true))
    {
        BaseAddress = Server,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Connections that trust the server.</summary>
    /// <param name="isAdministrator">Whether they carry the administrator's certificate, or none.</param>
    public SocketsHttpHandler CreateHandler(bool isAdministrator) => new()
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = isAdministrator ? [Administrator.ToX509()] : null,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509Certificate2.CreateFromPem(AuthorityPem) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    public string ToKubeconfig(string name) => $"""
        apiVersion: v1
        kind: Config
        current-context: {name}
        clusters:
        - name: {name}
          cluster:
            server: {Server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Base64(AuthorityPem)}
        contexts:
        - name: {name}
          context:
            cluster: {name}
            user: {name}
        users:
        - name: {name}
          user:
            client-certificate-data: {Base64(Administrator.CertificatePem)}
            client-key-data: {Base64(Administrator.KeyPem)}

        """;

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
