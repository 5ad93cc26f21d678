using KubeFed.ApiServerRuntime.Standalone.Installation;
using KubeFed.DevClusters.Controllers;
using KubeFed.DevClusters.Faults;
using KubeFed.DevClusters.Serving;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters;

/// <summary>
/// A Kubernetes cluster in this process, for demonstrations and tests: a real API server with the types that every cluster has, and
/// controllers that make them alive on simulated nodes. It is no place to run anything: there is no kubelet and no network, so a pod that is
/// Running has no process, no logs and no address that answers.
/// </summary>
public sealed class DevCluster : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ControllersStop = TimeSpan.FromSeconds(5);

    private readonly DevClusterOptions _options;
    private readonly ClusterFolder? _folder;
    private readonly ClusterIdentity _identity;
    private readonly ClusterCore _core;
    private readonly ClusterServer _server;
    private readonly CancellationTokenSource _controlling = new();
    private readonly CancellationTokenSource _serving = new();
    private readonly List<Task> _controllers = [];
    private Task _coreRun = Task.CompletedTask;
    private KubeTransport? _transport;
    private string? _kubeconfig;
    private bool _disposed;

    private DevCluster(DevClusterOptions options, ClusterFolder? folder, ClusterIdentity identity, ClusterCore core)
    {
        _options = options;
        _folder = folder;
        _identity = identity;
        _core = core;
        _server = new ClusterServer(options, core, identity);
        Faults = new DevClusterFaults(_server, new Wipe(core.Storage, core.Types));
    }

    /// <summary>What the cluster is called.</summary>
    public string Name => _options.Name;

    /// <summary>Where the API is reached, faults or not.</summary>
    public Uri Address => _server.Address!;

    /// <summary>What can go wrong with the cluster, on demand.</summary>
    public DevClusterFaults Faults { get; }

    /// <summary>A kubeconfig with all rights: its text.</summary>
    public string Kubeconfig => _kubeconfig!;

    /// <summary>The file of <see cref="Kubeconfig"/>; null without a data folder.</summary>
    public string? KubeconfigPath => _folder?.File("kubeconfig");

    /// <summary>Starts a cluster and returns when its API answers rightly. The clusters of a process share what they can.</summary>
    /// <exception cref="DevClusterException">The port is taken, or the data folder cannot be used; the message says which and why.</exception>
    public static async Task<DevCluster> StartAsync(DevClusterOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = options.DataDirectory is { } path ? ClusterFolder.Take(path) : null;
        ClusterIdentity? identity = null;
        DevCluster? cluster = null;
        try
        {
            identity = ClusterIdentity.Open(folder, options.Time, options.Logging.CreateLogger("KubeFed.DevClusters.Serving"));
            cluster = new DevCluster(options, folder, identity, await ClusterCore.OpenAsync(options, folder, identity, cancellationToken));
            await cluster.StartAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            if (cluster is not null)
            {
                await cluster.DisposeAsync();
            }
            else
            {
                identity?.Dispose();
                folder?.Dispose();
            }

            throw;
        }
    }

    /// <summary>A client with all rights. It lives as long as the cluster and needs no disposal.</summary>
    public IDynamicClient CreateClient() => new DynamicClient(_transport!, time: _options.Time, logger: _options.Logging.CreateLogger<DynamicClient>());

    /// <summary>Stops the cluster: its controllers, then its API. What is in its data folder stays, but for the kubeconfig.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Faults.Dispose();
        await _controlling.CancelAsync();
        await Task.WhenAll(_controllers).WaitAsync(ControllersStop, _options.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        await _serving.CancelAsync();
        await _coreRun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_controllers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_transport is not null)
        {
            await _transport.DisposeAsync();
        }

        await _core.DisposeAsync();
        _identity.Dispose();
        if (KubeconfigPath is { } file)
        {
            File.Delete(file);
        }

        _folder?.Dispose();
        _controlling.Dispose();
        _serving.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _coreRun = _core.RunAsync(_serving.Token);
        await _server.OpenAsync(cancellationToken);
        _kubeconfig = AdminKubeconfig.Of(Address, _identity.Certificates, _options.Name);
        if (KubeconfigPath is { } file)
        {
            PrivateFile.Write(file, _kubeconfig);
        }

        _transport = KubeTransport.Create(KubeConfigLoader.Resolve(KubeConfigLoader.Parse(_kubeconfig, _options.Name)), _options.Time, _options.Logging);
        while (_core.WhyNotReady is not null)
        {
            await Task.Delay(ReadyPoll, _options.Time, cancellationToken);
        }

        var context = new DevControllerContext { Client = CreateClient(), Options = _options, Time = _options.Time, Logging = _options.Logging };
        await SystemContent.EnsureAsync(context.Client, Address, _identity, cancellationToken);
        _core.Remote.Attach(_server.Aggregator, context.Client);
        _controllers.Add(_server.Aggregator.RunAsync(context.Client, _controlling.Token));
        _controllers.Add(ControllerHost.RunAsync(DevControllers.Create(), context, _controlling.Token));
    }
}
