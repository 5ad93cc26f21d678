using KubeFed.TestSupport.Pki;
using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Clusters.Binaries;

/// <summary>A cluster of processes in one sandbox.</summary>
internal sealed class BinariesCluster : TestCluster
{
    private readonly ProcessSandbox _sandbox;
    private readonly PortReservation[] _ports;
    private readonly HttpClient _client;
    private readonly ManagedProcess _etcd;
    private readonly ManagedProcess _apiServer;
    private readonly AssetsFolder _assets;
    private readonly ClusterPki _pki;
    private readonly bool _wantsControllerManager;
    private ManagedProcess? _controllerManager;

    public BinariesCluster(TestClusterOptions options, AssetsFolder assets)
        : this(options, assets, new ProcessSandbox(options.Name), PortReservation.Take(new Random(), 4))
    {
    }

    private BinariesCluster(TestClusterOptions options, AssetsFolder assets, ProcessSandbox sandbox, PortReservation[] ports)
        : this(options, assets, sandbox, ports, new ClusterPki(Path.Combine(sandbox.Folder, "pki")))
    {
    }

    private BinariesCluster(
        TestClusterOptions options, AssetsFolder assets, ProcessSandbox sandbox, PortReservation[] ports, ClusterPki pki)
        : base(
            options.Name,
            new ClusterAccess(new Uri($"https://127.0.0.1:{ports[0].Port}/"), pki.AuthorityPem, pki.Administrator),
            Path.Combine(sandbox.Folder, "kubeconfig"),
            assets.Kubectl)
    {
        _sandbox = sandbox;
        _assets = assets;
        _pki = pki;
        _wantsControllerManager = options.ControllerManager;
        _ports = ports;
        File.WriteAllText(KubeconfigPath, Kubeconfig);
        _client = CreateHttpClient();
        _etcd = sandbox.Prepare(
            "etcd", assets.Etcd, EtcdArguments.Create(EtcdFolder, ports[1].Port, ports[2].Port));
        _apiServer = sandbox.Prepare(
            "kube-apiserver",
            assets.ApiServer,
            ApiServerArguments.Create(pki, sandbox.Folder, ports[0].Port, ports[1].Port, options.ApiServerArguments));
    }

    public override Uri? EtcdEndpoint => new($"http://127.0.0.1:{_ports[1].Port}/");

    private string EtcdFolder => Path.Combine(_sandbox.Folder, "etcd");

    private string SavedFolder => Path.Combine(_sandbox.Folder, "etcd-saved");

    private IEnumerable<ManagedProcess> Processes =>
        _controllerManager is null ? [_etcd, _apiServer] : [_etcd, _apiServer, _controllerManager];

    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _apiServer.Start();
        await WaitForApiServerAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken = default) =>
        _apiServer.StopAsync().WaitAsync(cancellationToken);

    public override Task KillAsync(CancellationToken cancellationToken = default) =>
        _apiServer.KillAsync().WaitAsync(cancellationToken);

    public override Task PauseAsync(CancellationToken cancellationToken = default)
    {
        _apiServer.Pause();
        return Task.CompletedTask;
    }

    public override Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        _apiServer.Resume();
        return Task.CompletedTask;
    }

    public override async Task SaveAsync(CancellationToken cancellationToken = default)
    {
        await _apiServer.StopAsync();
        await _etcd.StopAsync();
        CopyData(EtcdFolder, SavedFolder);
        await StartBothAsync(cancellationToken);
    }

    public override async Task RestoreAsync(CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(SavedFolder))
        {
            throw new ClusterException($"{Name} was never saved");
        }

        await _apiServer.KillAsync();
        await _etcd.KillAsync();
        CopyData(SavedFolder, EtcdFolder);
        await StartBothAsync(cancellationToken);
    }

    public override async Task WriteLogsAsync(TextWriter writer, int lines = 100)
    {
        foreach (var process in Processes)
        {
            await writer.WriteLineAsync($"--- {Name}: {process.Name}\n{process.TailLog(lines)}");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
        foreach (var port in _ports)
        {
            port.Dispose();
        }
    }

    /// <summary>Starts everything for the first time; done when the API server, and the token controller if wanted, are at work.</summary>
    internal async Task BootAsync(CancellationToken cancellationToken)
    {
        await StartBothAsync(cancellationToken);
        if (_wantsControllerManager)
        {
            await StartControllerManagerAsync(cancellationToken);
        }
    }

    private static void CopyData(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private async Task StartBothAsync(CancellationToken cancellationToken)
    {
        _etcd.Start();
        await WaitAsync(
            _etcd, token => Probe.IsOkAsync(_client, $"http://127.0.0.1:{_ports[1].Port}/health", token), cancellationToken);
        _apiServer.Start();
        await WaitForApiServerAsync(cancellationToken);
    }

    // Up to 1.23 a token secret appears for each service account; from 1.24 on the account itself has to do as the sign of life.
    private async Task StartControllerManagerAsync(CancellationToken cancellationToken)
    {
        var version = await KubernetesVersion.OfAsync(_assets.ControllerManager, cancellationToken);
        _controllerManager = _sandbox.Start(
            "kube-controller-manager",
            _assets.ControllerManager,
            ControllerManagerArguments.Create(_pki, KubeconfigPath, _ports[3].Port, version));
        var (uri, sign) = version.HasInsecurePort
            ? ("api/v1/namespaces/default/secrets", "service-account-token")
            : ("api/v1/namespaces/default/serviceaccounts", "\"default\"");
        await WaitAsync(_controllerManager, token => Probe.ContainsAsync(_client, uri, sign, token), cancellationToken);
    }

    private async Task WaitForApiServerAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(_apiServer, token => Probe.IsOkAsync(_client, "readyz", token), cancellationToken);
        await WaitAsync(_apiServer, token => Probe.IsOkAsync(_client, "api/v1/namespaces/default", token), cancellationToken);
    }

    private async Task WaitAsync(ManagedProcess process, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (!await isReady(either.Token))
            {
                ThrowIfEnded(process);
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new ClusterException($"{Name}: {process.Name} is not ready after 3 minutes\n{process.TailLog()}", e);
        }
    }

    private void ThrowIfEnded(ManagedProcess process)
    {
        if (process.IsRunning)
        {
            return;
        }

        var log = process.TailLog();
        if (log.Contains("address already in use", StringComparison.Ordinal))
        {
            throw new PortTakenException($"{Name}: {process.Name} found its port taken\n{log}");
        }

        throw new ClusterException($"{Name}: {process.Name} ended at its start\n{log}");
    }
}
