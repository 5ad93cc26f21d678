using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.DevClusters;
using KubeFed.Hyperfed.Playground.Processes;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>A control plane of processes, and simulated nodes.</summary>
internal sealed partial class BinariesCluster : RemoteCluster
{
    private readonly GuardedFolder _folder;
    private readonly ServerProcess _etcd;
    private readonly ServerProcess _apiServer;
    private readonly ServerProcess _controllerManager;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ClusterPlan _plan;
    private readonly ILogger _logger;
    private Task _nodes = Task.CompletedTask;

    private BinariesCluster(
        ClusterPlan plan,
        GuardedFolder folder,
        (ServerProcess Etcd, ServerProcess ApiServer, ServerProcess ControllerManager) servers,
        string kubeconfig,
        TimeProvider time,
        ILoggerFactory logging)
        : base(plan.Name, kubeconfig, time, logging)
    {
        _plan = plan;
        _folder = folder;
        (_etcd, _apiServer, _controllerManager) = servers;
        _logger = logging.CreateLogger<BinariesCluster>();
    }

    /// <summary>Makes its files.</summary>
    public static BinariesCluster Prepare(ClusterPlan plan, ServerPrograms programs, bool hasInsecurePort, TimeProvider time, ILoggerFactory logging)
    {
        var folder = new GuardedFolder(plan.Name);
        var keys = new ClusterKeys(folder, time);
        var ports = ClusterPorts.Take();
        string kubeconfig = AdminKubeconfig.Of(new Uri($"https://127.0.0.1:{ports.ApiServer}"), keys.Own, plan.Name);
        PrivateFile.Write(folder.File("kubeconfig"), kubeconfig);
        var etcd = new ServerProcess(folder, programs.Etcd, CommandLines.Etcd(folder.File("data"), ports));
        var apiServer = new ServerProcess(folder, programs.ApiServer, CommandLines.ApiServer(folder.Path, keys, ports));
        var controllerManager = new ServerProcess(
            folder, programs.ControllerManager, CommandLines.ControllerManager(keys, ports, folder.File("kubeconfig"), hasInsecurePort));
        return new BinariesCluster(plan, folder, (etcd, apiServer, controllerManager), kubeconfig, time, logging);
    }

    /// <summary>Starts all for the first time; done when service accounts are made, so that the controllers are at work.</summary>
    /// <exception cref="PortTakenException">A port was taken meanwhile.</exception>
    /// <exception cref="PlaygroundException">A server ended.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _etcd.Start();
        _apiServer.Start();
        await WaitAsync("/readyz", cancellationToken);
        _controllerManager.Start();
        await WaitAsync("/api/v1/namespaces/default/serviceaccounts/default", cancellationToken);
        _nodes = SimulatedNodes.RunAsync(CreateClient(), _plan.Nodes, Time, Logging, _stopping.Token);
    }

    public override Task StopAsync(CancellationToken cancellationToken) => _apiServer.KillAsync().WaitAsync(cancellationToken);

    public override async Task HealAsync(CancellationToken cancellationToken)
    {
        _apiServer.Start();
        await Readiness.WaitAsync(CreateClient(), "/readyz", static () => { }, Time, cancellationToken);

        // It gives up by itself where it finds no API server for long.
        if (!_controllerManager.IsRunning)
        {
            _controllerManager.Start();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _controllerManager.DisposeAsync();
        await _apiServer.DisposeAsync();
        await _etcd.DisposeAsync();
        await _nodes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync();
        await _folder.DisposeAsync();
        _stopping.Dispose();
    }

    private Task WaitAsync(string path, CancellationToken cancellationToken) =>
        Readiness.WaitAsync(
            CreateClient(),
            path,
            () =>
            {
                foreach (var server in (ReadOnlySpan<ServerProcess>)[_etcd, _apiServer, path == "/readyz" ? _apiServer : _controllerManager])
                {
                    ThrowIfEnded(server);
                }
            },
            Time,
            cancellationToken);

    private void ThrowIfEnded(ServerProcess server)
    {
        if (server.IsRunning)
        {
            return;
        }

        string tail = server.Tail();
        Log.ServerEnded(_logger, Name, server.Name, tail);
        if (tail.Contains("address already in use", StringComparison.Ordinal))
        {
            throw new PortTakenException($"the port of {server.Name} is taken");
        }

        throw new PlaygroundException($"{Name} cannot start: {server.Name} ended: {tail[(tail.LastIndexOf('\n') + 1)..]}.");
    }

    private static partial class Log
    {
        [LoggerMessage(7300, LogLevel.Error, "{Cluster}: {Server} ended:\n{Output}", EventName = "PlaygroundServerEnded")]
        public static partial void ServerEnded(ILogger logger, string cluster, string server, string output);
    }
}
