using System.Net;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.OpenApi;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Options;
using KubeFed.DevClusters.Aggregation;
using KubeFed.DevClusters.Faults;
using KubeFed.DevClusters.Pods;
using KubeFed.KubeClient.Certificates;

namespace KubeFed.DevClusters.Serving;

/// <summary>The door to a cluster: opens and closes on the same port, any number of times. Not for use by several threads at once.</summary>
internal sealed class ClusterServer : IAsyncDisposable
{
    private readonly DevClusterOptions _options;
    private readonly ClusterCore _core;
    private readonly RequestAuthenticator _authenticator;
    private readonly OpenApiEndpoints _openApi;
    private readonly ServingCertificate _certificate;
    private ApiServer? _server;

    public ClusterServer(DevClusterOptions options, ClusterCore core, ClusterIdentity identity)
    {
        _options = options;
        _core = core;
        Delay = new Delay(options.Time);
        Aggregator = new Aggregator(options, core.Types, identity.FrontProxy.IssueClient(ClusterIdentity.FrontProxyName));
        var logger = options.Logging.CreateLogger("KubeFed.DevClusters.Serving");
        var authorities = new ClientCertificateAuthorities(options.Time, logger);
        authorities.Replace(identity.Certificates.Authority.CertificatePem);
        _authenticator = new RequestAuthenticator([new ClientCertificateAuthenticator(authorities), new BearerTokenAuthenticator(core.Api.Tokens)], logger);
        _openApi = new OpenApiEndpoints(core.Types, "Kubernetes", options.Time);
        _certificate = identity.Certificates.Serving(["localhost", "127.0.0.1", "kubernetes.default.svc"]);
    }

    /// <summary>What holds or closes connections.</summary>
    public ConnectionGate Gate { get; } = new();

    /// <summary>What makes requests wait.</summary>
    public Delay Delay { get; }

    /// <summary>What sends requests on to the servers of APIServices.</summary>
    public Aggregator Aggregator { get; }

    /// <summary>Where the cluster is reached; null before it is open for the first time.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Accepts connections; nothing when it does already.</summary>
    /// <exception cref="DevClusterException">The port is taken.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            return;
        }

        int port = Address?.Port ?? _options.Port;
        var server = Create(port);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new DevClusterException($"port {port} of 127.0.0.1 cannot be used: {e.Message}", e);
        }

        _server = server;
        Address = server.Address;
    }

    /// <summary>Accepts no connections and closes those there are, at once.</summary>
    public async Task CloseAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }

    /// <summary>Answers what was asked, as long as the drain may take, and closes for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.StopAsync(CancellationToken.None);
        }

        await CloseAsync();
        Aggregator.Dispose();
    }

    private ApiServer Create(int port)
    {
        var health = new HealthChecks();
        health.Add(new HealthCheck("cluster", _ => ValueTask.FromResult(_core.WhyNotReady)), HealthProbes.Readyz);
        return ApiServer.Create(new ApiServerOptions
        {
            Types = _core.Types,
            Store = _core.Store,
            Authenticator = _authenticator,
            Authorizer = _core.Api.Authorizer,
            Handlers = _core.Handlers,
            Outermost = Delay,
            Innermost = new KubeletRequests(_core.Store, Aggregator),
            Connections = Gate.Wrap,
            Endpoints = [_openApi],
            Listen = new ListenAddress(IPAddress.Loopback, port),
            Tls = ServerTls.Handshake(_certificate),
            Health = health,
            Metrics = _core.Metrics,
            RequestMetrics = _core.RequestMetrics,
            DrainTimeout = TimeSpan.FromSeconds(2),
            Time = _options.Time,
            Logging = _options.Logging,
        });
    }
}
