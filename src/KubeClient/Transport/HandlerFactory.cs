using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Transport;

/// <summary>Makes the HTTP handlers of one cluster.</summary>
internal sealed class HandlerFactory(KubeClientConfig config, CertificateAuthorities authorities)
{
    /// <summary>How long a connection (TCP, TLS and proxy) may take.</summary>
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    public SocketsHttpHandler Create(ClientCertificate? certificate)
    {
        var proxy = config.ProxyUrl is { } fixedProxy
            ? new FixedProxy(fixedProxy)
            : (IWebProxy?)EnvironmentProxy.FromVariables(Environment.GetEnvironmentVariable);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = config.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1024 * 1024,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            MaxConnectionsPerServer = 1024,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            RequestHeaderEncodingSelector = static (header, _) => ImpersonationHeaders.EncodingOf(header),
            Proxy = proxy,
            UseProxy = proxy is not null,
            SslOptions = TlsOptions(certificate),
        };
    }

    private SslClientAuthenticationOptions TlsOptions(ClientCertificate? certificate)
    {
        var host = config.TlsServerName ?? config.Server.IdnHost.Trim('[', ']');
        var verifier = new ServerCertificateVerifier(authorities, config.EffectiveDisabledTlsValidations, host);
        return new SslClientAuthenticationOptions
        {
            ClientCertificateContext = certificate?.Context,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = new X509ChainPolicy
            {
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            RemoteCertificateValidationCallback = verifier.Verify,
        };
    }
}
