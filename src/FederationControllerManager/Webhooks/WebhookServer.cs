using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.KubeClient.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>
/// Serves reviews over TLS at KubeFed's paths (<c>/validate-federatedtypeconfigs</c> and so on): all paths that begin with
/// <c>/validate-</c> are the same to it. What is posted tells what is to be judged, and nothing else is told of the federation, so
/// that callers need not say who they are.
/// </summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private const int MaxConnections = 200;

    /// <summary>An object before and after a change, both as large as API servers take them.</summary>
    private const int MaxBodySize = 8 * 1024 * 1024;

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private static readonly JsonDocumentOptions BodyOptions = new() { MaxDepth = KubeObject.MaxDepth + 8, AllowDuplicateProperties = false };

    private readonly WebApplication _app;
    private readonly AdmissionReviewer _reviewer;
    private readonly ListenAddress _address;
    private readonly ILogger _logger;

    public WebhookServer(ListenAddress address, ServingCertificate certificate, AdmissionReviewer reviewer, ILoggerFactory loggers)
    {
        _address = address;
        _reviewer = reviewer;
        _logger = loggers.CreateLogger<WebhookServer>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, address, certificate));
        _app = builder.Build();
        _app.MapPost("/validate-{what}", (RequestDelegate)ReviewAsync);
    }

    /// <summary>The port that is listened on, also when the system chose it.</summary>
    public int Port
    {
        get
        {
            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            return BindingAddress.Parse(addresses.First()).Port;
        }
    }

    /// <summary>Begins to serve.</summary>
    /// <exception cref="ComponentStartException">The address cannot be listened on.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
            WebhookLog.Serving(_logger, Port);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new ComponentStartException($"the webhook cannot listen on {_address}: {e.Message}", e);
        }
    }

    /// <summary>Answers what is in flight, for a few seconds at most, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress address, ServingCertificate certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = MaxBodySize;
        if (address.Host is { } host)
        {
            kestrel.Listen(host, address.Port, Tls);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Tls);
        }

        void Tls(ListenOptions listen) => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Current,
                AllowRenegotiation = false,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            }),
            HandshakeTimeout = TimeSpan.FromSeconds(10),
        });
    }

    private async Task ReviewAsync(HttpContext context)
    {
        try
        {
            var review = await JsonNode.ParseAsync(context.Request.Body, documentOptions: BodyOptions, cancellationToken: context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(_reviewer.Review(review).ToJsonString()), context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            WebhookLog.Unreadable(_logger, e.Message);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(e.Message + "\n"), context.RequestAborted);
        }
    }

    /// <summary>The component host handles signals, not the web host.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
