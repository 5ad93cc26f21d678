using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.Scale.Servers;

/// <summary>How an administrator reaches a server, from a kubeconfig with its certificates inside.</summary>
internal sealed class ServerAccess
{
    private const int StreamWindow = 8 * 1024 * 1024;

    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _client;

    public ServerAccess(string kubeconfig)
    {
        var config = KubeConfigLoader.Load(new KubeConfigOptions { Path = kubeconfig });
        Server = config.Server;
        _authority = X509Certificate2.CreateFromPem(Text(config.CertificateAuthorityData));
        _client = X509Certificate2.CreateFromPem(Text(config.ClientCertificateData), Text(config.ClientKeyData));
    }

    public Uri Server { get; }

    /// <summary>A client with one HTTP/2 connection of its own, that a large answer does not have to wait for.</summary>
    public HttpMessageInvoker Connect() => new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = false,
        InitialHttp2StreamWindowSize = StreamWindow,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = [_client],
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    });

    private static string Text(ReadOnlyMemory<byte> pem) => Encoding.UTF8.GetString(pem.Span);
}
