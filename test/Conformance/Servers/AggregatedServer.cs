using System.Text.Json.Nodes;
using KubeFed.Conformance.Clients;
using KubeFed.HelmSupport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Conformance.Servers;

/// <summary>
/// Our server behind a kube-apiserver, installed there by the chart: the federation's groups are served by ours and all others by the
/// kube-apiserver. No controllers run, which would change what clients see.
/// </summary>
internal sealed class AggregatedServer : IAsyncDisposable
{
    private readonly ProcessSandbox _sandbox = new("aggregated");
    private readonly ClusterSet _clusters;
    private readonly ClusterClient _connection;
    private HelmInstallation? _installation;

    private AggregatedServer(ClusterSet clusters)
    {
        _clusters = clusters;
        _connection = new ClusterClient(clusters.Host);
    }

    /// <summary>The kubeconfig file of the kube-apiserver's administrator.</summary>
    public string KubeconfigPath => _clusters.Host.KubeconfigPath;

    private static JsonObject Values => new()
    {
        ["apiServer"] = new JsonObject { ["storage"] = new JsonObject { ["backend"] = "memory" } },
        ["controllermanager"] = new JsonObject { ["controller"] = new JsonObject { ["replicaCount"] = 0 } },
    };

    /// <summary>Starts a cluster and installs the server; done when the cluster serves its groups.</summary>
    public static async Task<AggregatedServer> StartAsync()
    {
        var server = new AggregatedServer(await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 0 }));
        try
        {
            server._installation = await HelmInstallation.InstallAsync(server._clusters.Host, server._connection.Connect(), server._sandbox, Values);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the ends of the servers' logs.</summary>
    public async Task WriteLogsAsync(TextWriter writer)
    {
        await _installation!.WriteLogsAsync(writer);
        await _clusters.Host.WriteLogsAsync(writer);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_installation is not null)
        {
            await _installation.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        await _connection.DisposeAsync();
        await _clusters.DisposeAsync();
    }
}
