using System.Text;
using KubeFed.ComponentBase.Health;
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

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>A Kubernetes API server. Create one, start it, stop it once.</summary>
/// <remarks>
/// How it stops, so that no request is lost: <c>/readyz</c> fails; it goes on serving for <see cref="ApiServerOptions.ShutdownDelay"/>; it
/// stops accepting connections and tells those there are to send nothing more (GOAWAY); watches end cleanly and are taken up elsewhere;
/// requests in flight are answered, within <see cref="ApiServerOptions.DrainTimeout"/>.
/// </remarks>
public sealed class ApiServer : IAsyncDisposable
{
    // More than a body may have: what is refused is still taken off the wire for a few seconds, or the client would see a broken connection
    // before it sees the 413.
    private const int MaxRequestBytes = 32 * 1024 * 1024;
    private const int ConnectionWindow = 8 * 1024 * 1024;
    private const int StreamWindow = 4 * 1024 * 1024;
    private readonly WebApplication _app;
    private readonly ApiServerOptions _options;
    private readonly ILogger _logger;
    private int _state;

    private ApiServer(WebApplication app, ApiServerOptions options)
    {
        _app = app;
        _options = options;
        _logger = options.Logging.CreateLogger("KubeFed.ApiServerRuntime.Hosting");
    }

    /// <summary>Where the server is reached, also when the system chose the port. Valid once started.</summary>
    public Uri Address
    {
        get
        {
            string bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            BindingAddress address = BindingAddress.Parse(bound);
            string host = address.Host is "[::]" or "0.0.0.0" or "+" or "*" ? "localhost" : address.Host;
            return new Uri($"{(_options.Tls is null ? "http" : "https")}://{host}:{address.Port}/");
        }
    }

    /// <summary>Makes a server; nothing happens before it is started.</summary>
    public static ApiServer Create(ApiServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(options.Logging));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        WebApplication app = builder.Build();
        var server = new ApiServer(app, options);
        options.Health.Add(HealthCheck.Of("shutdown", () => Volatile.Read(ref server._state) < 2, "the server is stopping"), HealthProbes.Readyz);
        RequestDelegate chain = HandlerChain.Build(options, HealthDelegate(app, options));
        app.Run(chain);
        return server;
    }

    /// <summary>Listens, and returns when connections are accepted.</summary>
    /// <exception cref="IOException">The address is taken or does not exist.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, 1, 0) != 0)
        {
            throw new InvalidOperationException("the server was started already");
        }

        await _app.StartAsync(cancellationToken);
        ApiServerLog.Serving(_logger, Address);
    }

    /// <summary>Stops as the remarks of the class say. Cancelling cuts the delay and what is still in flight.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, 2, 1) != 1)
        {
            return;
        }

        ApiServerLog.Stopping(_logger, _options.ShutdownDelay);
        try
        {
            await Task.Delay(_options.ShutdownDelay, _options.Time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has no more time: what follows is cut short as well.
        }

        using var drain = new CancellationTokenSource(_options.DrainTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(drain.Token, cancellationToken);
        await _app.StopAsync(either.Token);
        ApiServerLog.Stopped(_logger, !either.IsCancellationRequested);
    }

    /// <summary>Stops at once when it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _state, 3) == 1)
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }

        await _app.DisposeAsync();
    }

    /// <summary>The three probes as one handler.</summary>
    internal static RequestDelegate HealthDelegate(IApplicationBuilder app, ApiServerOptions options)
    {
        IApplicationBuilder branch = app.New();
        branch.UseRouting();
        branch.UseEndpoints(endpoints =>
            endpoints.MapHealth(options.Health, options.Logging.CreateLogger("KubeFed.ApiServerRuntime.Health"), options.Time));
        return branch.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, ApiServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        if (options.Listen.Host is { } host)
        {
            kestrel.Listen(host, options.Listen.Port, listen => Configure(listen, options.Tls));
        }
        else
        {
            kestrel.ListenAnyIP(options.Listen.Port, listen => Configure(listen, options.Tls));
        }
    }

    private static void Configure(ListenOptions listen, TlsHandshakeCallbackOptions? tls)
    {
        if (tls is null)
        {
            listen.Protocols = HttpProtocols.Http1;
            return;
        }

        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(tls);
    }

    /// <summary>Whoever made the server stops it, not a signal.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
