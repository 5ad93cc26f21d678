using System.Net.Sockets;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Options;
using KubeFed.ComponentBase.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Hosting;

/// <summary>Serves health, metrics or both on one address, over plain HTTP/1.1.</summary>
internal sealed class EndpointServer : IAsyncDisposable
{
    private const int MaxConnections = 100;

    // Its clients are probes and scrapers: the end of the program need not wait for one that is stuck.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly ListenAddress _address;

    private EndpointServer(WebApplication app, ListenAddress address)
    {
        _app = app;
        _address = address;
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

    public static EndpointServer Create(ListenAddress address, HealthChecks? health, PrometheusReader? metrics, ComponentHostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.Logging);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, address));
        var app = builder.Build();
        if (health is not null)
        {
            app.MapHealth(health, options.Logging.CreateLogger("KubeFed.ComponentBase.Health"), options.TimeProvider);
        }

        if (metrics is not null)
        {
            app.MapGet("/metrics", (RequestDelegate)(context => SendMetricsAsync(context, metrics)));
        }

        return new EndpointServer(app, address);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new ComponentStartException($"cannot listen on {_address}: {Reason(error)}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = 0;
        if (address.Host is { } host)
        {
            kestrel.Listen(host, address.Port, Http1);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Http1);
        }
    }

    private static void Http1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;

    private static async Task SendMetricsAsync(HttpContext context, PrometheusReader metrics)
    {
        context.Response.ContentType = PrometheusReader.ContentType;
        await context.Response.BodyWriter.WriteAsync(metrics.ScrapeUtf8(), context.RequestAborted);
    }

    private static string Reason(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => "the address is already in use",
                    SocketError.AccessDenied => "permission denied",
                    SocketError.AddressNotAvailable => "this machine has no such address",
                    _ => socket.Message,
                };
            }

            if (cause.Message.Contains("already in use", StringComparison.OrdinalIgnoreCase))
            {
                return "the address is already in use";
            }
        }

        return error.Message;
    }

    /// <summary>The component host handles signals, not the web host.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
