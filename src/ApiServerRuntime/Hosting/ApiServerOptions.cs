using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Options;
using KubeFed.ComponentBase.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>Of what an API server is made, and how it behaves.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The types served.</summary>
    public required ITypeSource Types { get; init; }

    /// <summary>The verbs.</summary>
    public required IResourceStore Store { get; init; }

    /// <summary>Finds out who asks; also decides about those who show no credentials.</summary>
    public required IAuthenticator Authenticator { get; init; }

    /// <summary>Says who may do what. Nobody's opinion is no.</summary>
    public required IAuthorizer Authorizer { get; init; }

    /// <summary>What is computed: the same handlers that the store calls; routing and discovery need to know them.</summary>
    public IReadOnlyList<IResourceHandler> Handlers { get; init; } = [];

    /// <summary>The audit log; null for none.</summary>
    public IRequestFilter? Audit { get; init; }

    /// <summary>The limits of requests in flight; null for none.</summary>
    public IRequestFilter? Limits { get; init; }

    /// <summary>A step before all others, which sees a request before anything is known of it; null for none.</summary>
    public IRequestFilter? Outermost { get; init; }

    /// <summary>A step after authorization, before what the server itself serves; null for none. An aggregator sends requests elsewhere here.</summary>
    public IRequestFilter? Innermost { get; init; }

    /// <summary>A step that every connection passes before TLS; null for none.</summary>
    public Func<ConnectionDelegate, ConnectionDelegate>? Connections { get; init; }

    /// <summary>Further paths, as <c>/openapi</c>; the first that serves a path answers.</summary>
    public IReadOnlyList<IEndpointModule> Endpoints { get; init; } = [];

    /// <summary>Where to listen.</summary>
    /// <value>Default: a port of the loopback address that the system chooses.</value>
    public ListenAddress Listen { get; init; } = new(System.Net.IPAddress.Loopback, 0);

    /// <summary>How TLS is spoken; null for plain HTTP/1.1, which is for tests and for use behind something that ends TLS on this machine.</summary>
    public TlsHandshakeCallbackOptions? Tls { get; init; }

    /// <summary>The health checks; the server adds its own to them.</summary>
    public HealthChecks Health { get; init; } = new();

    /// <summary>The metrics that <c>/metrics</c> shows; null for no such path.</summary>
    public PrometheusReader? Metrics { get; init; }

    /// <summary>What counts requests; null for nothing.</summary>
    public ApiServerMetrics? RequestMetrics { get; init; }

    /// <summary>What <c>/version</c> says.</summary>
    public KubernetesVersion Version { get; init; } = new();

    /// <summary>The longest that a request takes, watches excepted; clients may ask for less.</summary>
    /// <value>Default 60 s.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that a write takes.</summary>
    /// <value>Default 34 s.</value>
    public TimeSpan MutationTimeout { get; init; } = TimeSpan.FromSeconds(34);

    /// <summary>The shortest that a watch lasts whose client does not say; the longest is twice that, so that they do not all end at once.</summary>
    /// <value>Default 30 min.</value>
    public TimeSpan MinWatchTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Most connections at once; more wait to be accepted, or are refused by the system.</summary>
    /// <value>Default 10,000.</value>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Most requests at once on one HTTP/2 connection, watches included.</summary>
    /// <value>Default 1000.</value>
    public int MaxStreamsPerConnection { get; init; } = 1000;

    /// <summary>How long a stopping server says that it is not ready and goes on serving, so that load balancers notice.</summary>
    /// <value>Default 0.</value>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How long requests in flight may take to end when the server stops; what is left is cut.</summary>
    /// <value>Default 60 s.</value>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the server logs.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Spreads the ends of watches; used under a lock.</summary>
    public Random Random { get; init; } = new();
}
