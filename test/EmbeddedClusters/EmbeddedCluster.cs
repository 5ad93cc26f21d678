using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.DevClusters;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Clusters.Binaries;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Pki;
using Microsoft.Extensions.Logging;

namespace KubeFed.EmbeddedClusters;

/// <summary>A development cluster in this process. A stop is not told from a crash: both break all connections at once.</summary>
internal sealed class EmbeddedCluster : TestCluster
{
    private const string Node = "node-1";
    private static readonly GroupVersionResource Nodes = new("", "v1", "nodes");

    private readonly DevCluster _cluster;
    private readonly TempFolder _folder;
    private readonly PortReservation _port;
    private readonly ILoggerFactory _logging;
    private readonly LogTail _log;

    private EmbeddedCluster(DevCluster cluster, string kubectl, TempFolder folder, PortReservation port, ILoggerFactory logging, LogTail log)
        : base(cluster.Name, ReadAccess(cluster), folder.Combine("kubeconfig"), kubectl)
    {
        _cluster = cluster;
        _folder = folder;
        _port = port;
        _logging = logging;
        _log = log;
        File.WriteAllText(KubeconfigPath, Kubeconfig);
    }

    /// <summary>Starts one; done when it answers.</summary>
    /// <exception cref="DevClusterException">Its port is taken.</exception>
    public static async Task<EmbeddedCluster> StartAsync(string name, string kubectl, CancellationToken cancellationToken)
    {
        var log = new LogTail();
        var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Information).AddProvider(log));
        var folder = new TempFolder($"kubefed-test-{name}-");
        // Of the kind that no client's connection takes while the cluster is stopped.
        var port = PortReservation.Take(new Random());
        try
        {
            var options = new DevClusterOptions { Name = name, Port = port.Port, Nodes = [new DevNode { Name = Node }], Logging = logging };
            var cluster = await DevCluster.StartAsync(options, cancellationToken);
            return new EmbeddedCluster(cluster, kubectl, folder, port, logging, log);
        }
        catch
        {
            port.Dispose();
            folder.Dispose();
            logging.Dispose();
            throw;
        }
    }

    public override bool SimulatesPods => true;

    public override Task StartAsync(CancellationToken cancellationToken = default) => _cluster.Faults.HealAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken = default) => _cluster.Faults.StopAsync(cancellationToken);

    public override Task KillAsync(CancellationToken cancellationToken = default) => _cluster.Faults.StopAsync(cancellationToken);

    public override Task PauseAsync(CancellationToken cancellationToken = default)
    {
        _cluster.Faults.Stall();
        return Task.CompletedTask;
    }

    public override Task ResumeAsync(CancellationToken cancellationToken = default) => _cluster.Faults.HealAsync(cancellationToken);

    public override async Task ResizeAsync(string cpu, CancellationToken cancellationToken = default)
    {
        var annotations = new JsonObject { ["capacity.devcluster.kubefed.io/cpu"] = cpu };
        var patch = Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } });
        await _cluster.CreateClient().PatchAsync(Nodes, NamespacedName.Cluster(Node), patch, cancellationToken: cancellationToken);
    }

    public override Task WriteLogsAsync(TextWriter writer, int lines = 100) =>
        writer.WriteLineAsync($"--- {Name}: embedded cluster\n{_log.Read(lines)}");

    public override async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
        _port.Dispose();
        _logging.Dispose();
    }

    private static ClusterAccess ReadAccess(DevCluster cluster)
    {
        var kubeconfig = KubeYaml.ToJson(cluster.Kubeconfig)!;
        var user = kubeconfig["users"]![0]!["user"]!;
        return new ClusterAccess(
            cluster.Address,
            Decode(kubeconfig["clusters"]![0]!["cluster"]!["certificate-authority-data"]),
            new IssuedCertificate(Decode(user["client-certificate-data"]), Decode(user["client-key-data"])));
    }

    private static string Decode(JsonNode? data) => Encoding.UTF8.GetString(Convert.FromBase64String((string)data!));
}
