using System.Net.Security;
using KubeFed.KubeClient.Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KubeFed.ApiServerRuntime.Certificates;

/// <summary>TLS as an API server speaks it.</summary>
public static class ServerTls
{
    /// <summary>
    /// Shows the newest serving certificate, and asks clients for a certificate without insisting: who it proves is judged for each request,
    /// because authorities change while connections last.
    /// </summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "What a client's certificate proves is judged for each request.")]
    public static TlsHandshakeCallbackOptions Handshake(ServingCertificate certificate) => new()
    {
        OnConnection = context => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            AllowRenegotiation = false,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        }),
        HandshakeTimeout = TimeSpan.FromSeconds(10),
    };
}
