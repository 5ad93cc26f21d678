using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Hosting;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground;

/// <summary>The federation's controllers, in this process.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private ControlPlane(string kubeconfig, ILoggerFactory logging) => _running =
        Task.Run(() => RunAsync(kubeconfig, logging, _stopping.Token), CancellationToken.None);

    /// <summary>Starts them; that they cannot run is told when they end.</summary>
    public static ControlPlane Start(string kubeconfig, ILoggerFactory logging) => new(kubeconfig, logging);

    /// <summary>Completes when the controllers ended by themselves, which they should not.</summary>
    /// <exception cref="PlaygroundException">Why they ended.</exception>
    public async Task WhenFailedAsync()
    {
        try
        {
            await _running;
        }
        catch (Exception e) when (e is ComponentStartException or KubeConfigException)
        {
            throw new PlaygroundException($"The controllers cannot start: {e.Message}", e);
        }

        if (!_stopping.IsCancellationRequested)
        {
            throw new PlaygroundException("The controllers ended unexpectedly; the log says why.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private static async Task RunAsync(string kubeconfig, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        using var telemetry = ComponentTelemetry.Start(new TelemetryOptions { ServiceName = "kubefed-controller-manager" });
        await using var transport = KubeTransport.Create(KubeConfigLoader.Load(new KubeConfigOptions { Path = kubeconfig }), TimeProvider.System, logging);
        var client = new DynamicClient(transport, logger: logging.CreateLogger<DynamicClient>());
        await ControllerManager.LeadAsync(client, transport, FederationNames.DefaultNamespace, telemetry, logging, cancellationToken);
    }
}
