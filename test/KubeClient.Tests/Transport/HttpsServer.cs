using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeFed.TestSupport.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Tests.Transport;

/// <summary>A web server on a free port of loopback that notes what it was asked.</summary>
internal sealed class HttpsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2? _certificate;

    private HttpsServer(WebApplication app, X509Certificate2? certificate)
    {
        _app = app;
        _certificate = certificate;
    }

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public Uri Address => new(_app.Urls.Single().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    public int Port => Address.Port;

    public RequestDelegate Handler { get; set; } = static context => context.Response.WriteAsync("ok");

    public static async Task<HttpsServer> StartAsync(IssuedCertificate? certificate, bool askClientCertificate = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var x509 = certificate?.ToX509();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (x509 is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = x509;
                    https.ClientCertificateMode = askClientCertificate ? ClientCertificateMode.AllowCertificate : ClientCertificateMode.NoCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        var server = new HttpsServer(builder.Build(), x509);
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue(SeenRequest.Of(context));
        return Handler(context);
    }
}
