using System.Text;
using KubeFed.ComponentBase.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>A Kubernetes API server. Create one, start it, stop it once.</summary>
/// <remarks>
/// How it stops, so that no request is lost: <c>/readyz</c> fails; it goes on serving for <see cref="ApiServerOptions.ShutdownDelay"/>, and
/// closes HTTP/1.1 connections with the answer to their next request; it stops accepting connections, closes idle ones and tells HTTP/2
/// clients to send nothing more (GOAWAY); a moment later watches end cleanly and are taken up elsewhere; a connection is closed after its
/// last answer, also when the client would keep it; what is not answered within <see cref="ApiServerOptions.DrainTimeout"/> is cut.
/// </remarks>
public sealed class ApiServer : IAsyncDisposable
{
    // More than a body may have: what is refused is still taken off the wire for a few seconds, or the client would see a broken connection
    // before it sees the 413.
    private const int MaxRequestBytes = 32 * 1024 * 1024;
    private const int ConnectionWindow = 8 * 1024 * 1024;
    private const int StreamWindow = 4 * 1024 * 1024;

    // Long enough for a client to read that it is to go before its watches end, so that it does not begin them here again.
    private static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(100);
    private readonly WebApplication _app;
    private readonly ApiServerOptions _options;
    private readonly ServerLifetime _lifetime;
    private readonly ConnectionSet _connections;
    private readonly ILogger _logger;
    private int _state;

    private ApiServer(WebApplication app, ApiServerOptions options, ServerLifetime lifetime, ConnectionSet connections, ILogger logger)
    {
        _app = app;
        _options = options;
        _lifetime = lifetime;
        _connections = connections;
        _logger = logger;
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
        ILogger logger = options.Logging.CreateLogger("KubeFed.ApiServerRuntime.Hosting");
        var lifetime = new ServerLifetime();
        var connections = new ConnectionSet(logger);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(options.Logging));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, connections));
        WebApplication app = builder.Build();
        var server = new ApiServer(app, options, lifetime, connections, logger);
        options.Health.Add(HealthCheck.Of("shutdown", () => Volatile.Read(ref server._state) < 2, "the server is stopping"), HealthProbes.Readyz);
        RequestDelegate chain = HandlerChain.Build(options, HealthDelegate(app, options), lifetime);
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
        _lifetime.BeginStop();
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
        int cut = 0;
        using CancellationTokenRegistration cutting = either.Token.UnsafeRegister(_ => cut = _connections.Count, null);
        await DrainAsync(_app.StopAsync(either.Token));
        ApiServerLog.Stopped(_logger, cut);
    }

    /// <summary>Stops at once when it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _state, 3) == 1)
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }

        await _app.DisposeAsync();
        _lifetime.Dispose();
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

    private async Task DrainAsync(Task stopped)
    {
        while (!stopped.IsCompleted)
        {
            await stopped.WaitAsync(BeatInterval, _options.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _lifetime.EndWatchesAsync();
            _connections.Beat();
        }

        await stopped;
    }

    private static void Configure(KestrelServerOptions kestrel, ApiServerOptions options, ConnectionSet connections)
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
            kestrel.Listen(host, options.Listen.Port, listen => Configure(listen, options, connections));
        }
        else
        {
            kestrel.ListenAnyIP(options.Listen.Port, listen => Configure(listen, options, connections));
        }
    }

    private static void Configure(ListenOptions listen, ApiServerOptions options, ConnectionSet connections)
    {
        listen.Use(connections.Track);
        if (options.Connections is { } step)
        {
            listen.Use(step);
        }

        if (options.Tls is not { } tls)
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
