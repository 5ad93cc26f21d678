using System.Collections.Concurrent;
using System.Net;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace KubeFed.TestSupport.Proxies;

/// <summary>
/// Stands between clients and the API server of a cluster, with a certificate of its own. It passes requests on, notes every one with how
/// it was answered, and breaks those that a test wants broken. Without faults a client cannot tell it from the server; where the server
/// cannot be reached, the client's connection breaks.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly Rule Healthy = new(static _ => null);

    private readonly WebApplication _server;
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new(StringComparer.Ordinal);
    private CancellationTokenSource _watchEnd = new();
    private volatile Rule _rule = Healthy;
    private volatile bool _isDown;

    private FaultProxy(TestCluster cluster, bool isAdministrator)
    {
        Upstream = new Upstream(cluster, isAdministrator);
        using var authority = new CertificateAuthority("proxy-ca");
        AuthorityPem = authority.CertificatePem;
        var certificate = authority.IssueServer("proxy", "127.0.0.1", "localhost").ToX509();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.Use(next => connection => ConnectAsync(next, connection));
                listen.UseHttps(certificate);
            });
        });
        _server = builder.Build();
        _server.Run(ServeAsync);
    }

    /// <summary>Its address, which stands for that of the cluster's API server.</summary>
    public Uri Address => new(_server.Urls.First().TrimEnd('/') + "/");

    /// <summary>The authority of its certificate, in PEM.</summary>
    public string AuthorityPem { get; }

    /// <summary>All requests so far, in the order in which they came.</summary>
    public IReadOnlyCollection<ProxiedRequest> Requests => _requests;

    internal Upstream Upstream { get; }

    /// <summary>Starts one.</summary>
    /// <param name="cluster">The cluster behind it.</param>
    /// <param name="isAdministrator">Whether whoever asks it is the cluster's administrator; else clients have to bring a token.</param>
    public static async Task<FaultProxy> StartAsync(TestCluster cluster, bool isAdministrator = false)
    {
        var proxy = new FaultProxy(cluster, isAdministrator);
        await proxy._server.StartAsync();
        return proxy;
    }

    /// <summary>Breaks requests until the returned value is disposed of, in the place of what was broken before.</summary>
    /// <param name="choose">What to do with a request; null to pass it on. Is called by many threads.</param>
    public IDisposable Break(Func<ProxiedRequest, ProxyFault?> choose)
    {
        var rule = new Rule(choose);
        _rule = rule;
        return new Ending(() =>
        {
            Interlocked.CompareExchange(ref _rule, Healthy, rule);
            rule.End();
        });
    }

    /// <summary>Breaks all connections, and every new one until the returned value is disposed of.</summary>
    public IDisposable GoDown()
    {
        _isDown = true;
        CutConnections();
        return new Ending(() => _isDown = false);
    }

    /// <summary>Breaks all connections there are.</summary>
    public void CutConnections()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Abort(new ConnectionAbortedException("injected"));
        }
    }

    /// <summary>Ends all watches there are with the error that their version is gone (410).</summary>
    public void ExpireWatches() => Interlocked.Exchange(ref _watchEnd, new CancellationTokenSource()).Cancel();

    /// <summary>Breaks all connections and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDown = true;
        CutConnections();
        await _server.DisposeAsync();
        Upstream.Dispose();
        _watchEnd.Dispose();
    }

    private async Task ConnectAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        try
        {
            if (_isDown)
            {
                connection.Abort(new ConnectionAbortedException("injected"));
                return;
            }

            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection.ConnectionId, out _);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = new ProxiedRequest(context.Request);
        _requests.Enqueue(request);
        var rule = _rule;
        var exchange = new Exchange(context, request, Upstream, Volatile.Read(ref _watchEnd).Token, rule.Ended);
        try
        {
            await (rule.Choose(request) is { } fault ? fault.ApplyAsync(exchange) : exchange.ForwardAsync());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Where the client is gone nobody is left to tell; where the server is, the client sees that by its connection.
            if (!context.RequestAborted.IsCancellationRequested)
            {
                exchange.CutConnection();
            }
        }
    }

    private sealed class Rule(Func<ProxiedRequest, ProxyFault?> choose)
    {
        private readonly CancellationTokenSource _ended = new();

        public CancellationToken Ended => _ended.Token;

        public ProxyFault? Choose(ProxiedRequest request) => choose(request);

        public void End() => _ended.Cancel();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
