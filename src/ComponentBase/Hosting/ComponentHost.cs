using KubeFed.ComponentBase.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Hosting;

/// <summary>
/// Runs the work of a program beside its health and metrics endpoints, and ends both in an orderly way: SIGTERM or SIGINT cancels the
/// work and gives it a grace period, a second signal ends the process at once with code 1.
/// </summary>
public sealed class ComponentHost
{
    /// <summary>The exit code of a program that did what it was asked to.</summary>
    public const int ExitSuccess = 0;

    /// <summary>The exit code of a program that failed.</summary>
    public const int ExitFailure = 1;

    private readonly ComponentHostOptions _options;
    private readonly ILogger _logger;
    private int _signals;

    private ComponentHost(ComponentHostOptions options)
    {
        _options = options;
        _logger = options.Logging.CreateLogger("KubeFed.ComponentBase.Hosting");
    }

    /// <summary>The port of the health endpoints; 0 when they are off.</summary>
    public int HealthPort { get; private set; }

    /// <summary>The port of the metrics; 0 when they are off.</summary>
    public int MetricsPort { get; private set; }

    /// <summary>Serves the endpoints and runs the work until it ends or the process is asked to end.</summary>
    /// <param name="options">What to serve.</param>
    /// <param name="work">
    /// The program's work, begun once the endpoints are served, told its host. Its token is cancelled by a signal; it should then return, in
    /// any way, within the grace period.
    /// </param>
    /// <param name="cancellationToken">Acts as a first signal.</param>
    /// <returns>
    /// The exit code: 0 when the work returned, or was cancelled by a signal; 1 when it threw, outlasted the grace period, or the endpoints
    /// could not be served. Why is logged.
    /// </returns>
    public static async Task<int> RunAsync(ComponentHostOptions options, Func<ComponentHost, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(work);
        return await new ComponentHost(options).RunAsync(work, cancellationToken);
    }

    private async Task<int> RunAsync(Func<ComponentHost, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = _options.Signals.Subscribe(() => OnSignal(stopping));
        var servers = new List<EndpointServer>();
        try
        {
            await StartServersAsync(servers, stopping.Token);
            return await WorkAsync(work, stopping.Token);
        }
        catch (ComponentStartException error)
        {
            Log.CannotStart(_logger, _options.Name, error.Message);
            return ExitFailure;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitSuccess;
        }
#pragma warning disable CA1031 // The end of the program: what the work throws becomes its log line and exit code.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Failed(_logger, error, _options.Name);
            return ExitFailure;
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private async Task StartServersAsync(List<EndpointServer> servers, CancellationToken cancellationToken)
    {
        var health = _options.HealthAddress;
        var metrics = _options.Metrics is null ? null : _options.MetricsAddress;
        var shared = health is not null && health == metrics && health.Port != 0;
        if (health is not null)
        {
            HealthPort = await StartAsync(EndpointServer.Create(health, _options.Health, shared ? _options.Metrics : null, _options), "health", health);
        }

        if (metrics is not null)
        {
            MetricsPort = shared ? HealthPort : await StartAsync(EndpointServer.Create(metrics, null, _options.Metrics, _options), "metrics", metrics);
        }

        async Task<int> StartAsync(EndpointServer server, string what, ListenAddress address)
        {
            servers.Add(server);
            await server.StartAsync(cancellationToken);
            Log.Serving(_logger, what, address with { Port = server.Port });
            return server.Port;
        }
    }

    private async Task<int> WorkAsync(Func<ComponentHost, CancellationToken, Task> work, CancellationToken stopping)
    {
        var running = Task.Run(() => work(this, stopping), CancellationToken.None);
        await running.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await running.WaitAsync(_options.ShutdownGracePeriod, _options.TimeProvider, CancellationToken.None);
            return ExitSuccess;
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Log.GracePeriodOver(_logger, _options.Name, _options.ShutdownGracePeriod);
            return ExitFailure;
        }
    }

    private void OnSignal(CancellationTokenSource stopping)
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            Log.Stopping(_logger, _options.Name, _options.ShutdownGracePeriod);
            _ = stopping.CancelAsync();
        }
        else
        {
            _options.Signals.Exit(ExitFailure);
        }
    }
}
