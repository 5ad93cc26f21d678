using System.CommandLine;

namespace KubeFed.ComponentBase.Options;

/// <summary>The flags <c>--healthz-addr</c> and <c>--metrics-addr</c>.</summary>
public sealed class EndpointOptions : IOptionGroup
{
    private readonly Option<string> _health;
    private readonly Option<string> _metrics;

    /// <summary>Options at their defaults.</summary>
    /// <param name="healthPort">The default port of the health endpoints.</param>
    /// <param name="metricsPort">The default port of the metrics.</param>
    public EndpointOptions(int healthPort = 8080, int metricsPort = 9090)
    {
        HealthAddress = new ListenAddress(null, healthPort);
        MetricsAddress = new ListenAddress(null, metricsPort);
        _health = Flags.Address("--healthz-addr", HealthAddress, "Where /healthz, /livez and /readyz are served; 0 turns them off.");
        _metrics = Flags.Address("--metrics-addr", MetricsAddress, "Where /metrics is served; 0 turns it off.");
    }

    /// <summary>Where the health endpoints are served; null for nowhere.</summary>
    /// <value>The default is port 8080 of all addresses.</value>
    public ListenAddress? HealthAddress { get; set; }

    /// <summary>Where the metrics are served; null for nowhere. May be the same as <see cref="HealthAddress"/>.</summary>
    /// <value>The default is port 9090 of all addresses.</value>
    public ListenAddress? MetricsAddress { get; set; }

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Options.Add(_health);
        command.Options.Add(_metrics);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        HealthAddress = result.GetAddress(_health);
        MetricsAddress = result.GetAddress(_metrics);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() =>
        HealthAddress is { Port: > 0 and var port } && MetricsAddress?.Port == port && HealthAddress != MetricsAddress
            ? [$"--healthz-addr {HealthAddress} and --metrics-addr {MetricsAddress} name one port with different addresses"]
            : [];
}
