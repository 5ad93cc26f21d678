using KubeFed.ComponentBase.Health;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.ControllerRuntime.Events;
using KubeFed.ControllerRuntime.LeaderElection;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Bootstrap;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.Webhooks;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Discovery;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>The process: its connection to the host, its endpoints, its leadership, and within that the federation's controllers.</summary>
internal static class ControllerManager
{
    private const string Name = EventComponents.Manager;

    /// <summary>Runs until a signal or the token asks to stop. Returns the exit code.</summary>
    public static async Task<int> RunAsync(ControllerManagerOptions options, CancellationToken cancellationToken)
    {
        using var loggers = options.Logging.CreateFactory();
        var logger = loggers.CreateLogger(typeof(ControllerManager));
        using var telemetry = ComponentTelemetry.Start(new TelemetryOptions { ServiceName = Name });
        try
        {
            var config = options.LoadClientConfig();
            var federationNamespace = options.FederationNamespace ?? PodNamespace()
                ?? throw new ComponentStartException("--kubefed-namespace must be set outside of a pod");
            await using var transport = KubeTransport.Create(config, TimeProvider.System, loggers);
            var client = new DynamicClient(transport, logger: loggers.CreateLogger<DynamicClient>());
            var health = new HealthChecks();
            var host = new ComponentHostOptions
            {
                Name = Name,
                Logging = loggers,
                HealthAddress = options.Endpoints.HealthAddress,
                MetricsAddress = options.Endpoints.MetricsAddress,
                Health = health,
                Metrics = telemetry.Prometheus,
            };
            return await ComponentHost.RunAsync(
                host,
                async (_, token) =>
                {
                    // First: what is written then may be for the webhook to judge.
                    await using var webhook = await ValidatingWebhook.StartAsync(
                        options.Webhook, client, federationNamespace, health, TimeProvider.System, loggers, token);
                    await BootstrapAsync(options.BootstrapFolder, client, federationNamespace, loggers, token);
                    await LeadAsync(client, transport, federationNamespace, telemetry, loggers, token);
                },
                cancellationToken);
        }
        catch (Exception e) when (e is ComponentStartException or KubeConfigException)
        {
            ControllerManagerLog.CannotStart(logger, e.Message);
            return ComponentHost.ExitFailure;
        }
    }

    private static Task BootstrapAsync(string? folder, DynamicClient client, string federationNamespace, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        folder is null
            ? Task.CompletedTask
            : new Bootstrapper(client, TimeProvider.System, loggers.CreateLogger<Bootstrapper>())
                .RunAsync(BootstrapManifests.Load(folder, federationNamespace), cancellationToken);

    /// <summary>Runs the federation's controllers whenever this process holds the lease, until cancelled.</summary>
    /// <exception cref="ComponentStartException">The KubeFedConfig is missing or cannot be read.</exception>
    internal static async Task LeadAsync(
        DynamicClient client, KubeTransport transport, string federationNamespace, ComponentTelemetry telemetry, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var config = await ReadConfigAsync(client, federationNamespace, cancellationToken);
        var settings = FederationSettings.From(config, federationNamespace);
        await using var events = new EventRecorder(client, RestMapper.Create(transport), EventOptions(telemetry), loggers.CreateLogger<EventRecorder>());
        var lease = new NamespacedName(federationNamespace, FederationNames.LeaderLease);
        var elector = new LeaderElector(new LeaseLock(client, lease), ElectionOptions(config, telemetry), loggers.CreateLogger<LeaderElector>());
        var leaderClient = new DynamicClient(new LeaderTransport(transport, () => elector.IsLeader), logger: loggers.CreateLogger<DynamicClient>());
        var manager = new FederationManager(
            leaderClient,
            events,
            settings,
            TimeProvider.System,
            loggers,
            () => elector.IsLeader,
            new FederationMetrics(telemetry.Meters));
        await elector.RunAsync(manager.RunAsync, cancellationToken);
    }

    private static async Task<KubeFedConfigSpec> ReadConfigAsync(DynamicClient client, string federationNamespace, CancellationToken cancellationToken)
    {
        try
        {
            return await new KubeFedConfigSource(client, Environment.GetEnvironmentVariable).ReadAsync(federationNamespace, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or HttpRequestException)
        {
            throw new ComponentStartException($"the KubeFedConfig cannot be read from the host: {e.Message}", e);
        }
    }

    private static EventRecorderOptions EventOptions(ComponentTelemetry telemetry) => new()
    {
        Component = Name,
        Instance = Environment.MachineName,
        Metrics = new EventMetrics(telemetry.Meters),
    };

    private static LeaderElectionOptions ElectionOptions(KubeFedConfigSpec config, ComponentTelemetry telemetry)
    {
        var election = config.WithDefaults().LeaderElect!;
        return new LeaderElectionOptions
        {
            Identity = $"{Environment.MachineName}_{Guid.NewGuid()}",
            LeaseDuration = election.LeaseDuration!.Value,
            RenewDeadline = election.RenewDeadline!.Value,
            RetryPeriod = election.RetryPeriod!.Value,
            Metrics = new LeaderElectionMetrics(telemetry.Meters),
        };
    }

    private static string? PodNamespace() => InClusterConfig.IsAvailable ? InClusterConfig.Load().Namespace : null;
}
