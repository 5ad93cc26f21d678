using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Installations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.HelmSupport;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Processes;
using NUnit.Framework.Interfaces;

namespace KubeFed.e2e.Federations;

/// <summary>
/// A federation at work: real clusters, joined and with types enabled through kubefedctl, and a controller manager, both as processes of
/// their own. The clusters are named cluster1, cluster2 and so on; the host, if it is joined, is the first.
/// </summary>
internal sealed class Federation : IAsyncDisposable
{
    public const string Namespace = FederationNames.DefaultNamespace;

    private const int ConcurrentCommands = 3;

    private readonly ClusterSet _clusters;
    private readonly ProcessSandbox _sandbox = new("federation");
    private readonly List<KubeTransport> _transports = [];

    private Federation(ClusterSet clusters, bool joinHost)
    {
        _clusters = clusters;
        Host = Connect(clusters.Host);
        var joined = joinHost ? clusters.All : clusters.Members;
        Clusters = [.. joined.Select((c, i) => new FederatedCluster($"cluster{i + 1}", c, c == clusters.Host ? Host : Connect(c), c == clusters.Host))];
    }

    /// <summary>An administrator's client for the host.</summary>
    public IDynamicClient Host { get; }

    /// <summary>The cluster that the control plane lives in.</summary>
    public TestCluster HostCluster => _clusters.Host;

    /// <summary>The joined clusters, sorted by name.</summary>
    public IReadOnlyList<FederatedCluster> Clusters { get; }

    /// <summary>The names of <see cref="Clusters"/>.</summary>
    public IReadOnlyList<string> ClusterNames => [.. Clusters.Select(c => c.Name)];

    /// <summary>The controller manager.</summary>
    public ManagedProcess Manager { get; private set; } = null!;

    /// <summary>The installation by the chart; null where the objects are custom resources.</summary>
    public HelmInstallation? Helm { get; private set; }

    /// <summary>Makes one; done when all its clusters are ready and its types propagate.</summary>
    public static async Task<Federation> CreateAsync(FederationOptions options)
    {
        var clusters = await ClusterSet.CreateAsync(new ClusterSetOptions
        {
            Members = options.Members,
            HostControllerManager = options.ControllerManagers,
            MemberControllerManager = options.ControllerManagers,
        });
        var federation = new Federation(clusters, options.JoinHost);
        try
        {
            await federation.SetUpAsync(options);
            return federation;
        }
        catch
        {
            await federation.WriteLogsAsync(TestContext.Out);
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs kubefedctl against the host with all clusters' contexts at hand, and fails the test unless it succeeds.</summary>
    public async Task<ProcessResult> KubefedctlAsync(params IEnumerable<string> arguments) =>
        (await ProgramFile.Kubefedctl.RunAsync(arguments, new ProcessOptions
        {
            Environment = new Dictionary<string, string?>
            {
                ["KUBECONFIG"] = string.Join(Path.PathSeparator, _clusters.All.Select(c => c.KubeconfigPath)),
            },
            Timeout = Wait.Timeout,
        })).EnsureSuccess();

    /// <summary>Merges into the spec of the KubeFedConfig, which a controller manager reads at its start.</summary>
    public Task ConfigureAsync(JsonObject spec) => Host.PatchAsync(
        FederationResources.KubeFedConfigs,
        new NamespacedName(Namespace, FederationNames.KubeFedConfig),
        Patch.Merge(new JsonObject { ["spec"] = spec.DeepClone() }));

    /// <summary>Enables a type as a user does and waits until the control plane propagates it.</summary>
    public async Task<FederatedType> EnableAsync(string type)
    {
        await KubefedctlAsync("enable", type);
        return await WaitForTypeAsync(type);
    }

    /// <summary>The type with this FederatedTypeConfig.</summary>
    public async Task<FederatedType> GetTypeAsync(string name) => new(await ReadTypeConfigAsync(name));

    /// <summary>Makes a namespace on the host and federates it to all clusters.</summary>
    /// <param name="prefix">The beginning of its name.</param>
    /// <returns>Its name.</returns>
    public async Task<string> CreateNamespaceAsync(string prefix)
    {
        var name = Names.Unique(prefix);
        await Host.CreateAsync(WellKnown.Namespaces, Manifests.Namespace(name));
        await FederateNamespaceAsync(name, ClusterNames);
        return name;
    }

    /// <summary>Federates a namespace of the host and waits until the clusters have it.</summary>
    public async Task FederateNamespaceAsync(string name, IReadOnlyList<string> clusters)
    {
        var type = await GetTypeAsync("namespaces");
        await Host.CreateAsync(type.FederatedResource, new FederatedSpec { Clusters = clusters }.ToObject(type, new NamespacedName(name, name)));
        foreach (var cluster in Clusters.Where(c => clusters.Contains(c.Name)))
        {
            await Wait.GetAsync(
                () => cluster.Client.FindAsync(WellKnown.Namespaces, NamespacedName.Cluster(name)),
                n => n?.Metadata.Labels[FederationLabels.Managed] == FederationLabels.ManagedTrue,
                $"the namespace {name} in {cluster}");
        }
    }

    /// <summary>A controller manager for the control plane in a namespace of the host, not started yet.</summary>
    public ManagedProcess PrepareManager(string @namespace) => ProgramFile.ControllerManager.Prepare(
        _sandbox,
        [
            "--kubeconfig", _clusters.Host.KubeconfigPath, "--kubefed-namespace", @namespace,
            "--healthz-addr", "0", "--metrics-addr", "0", "--v", "4",
        ]);

    /// <summary>Joins a cluster.</summary>
    public Task JoinAsync(FederatedCluster cluster, string @namespace = Namespace) =>
        KubefedctlAsync(["join", .. Contexts(cluster), "--kubefed-namespace", @namespace]);

    /// <summary>Takes a cluster out.</summary>
    public Task UnjoinAsync(FederatedCluster cluster, string @namespace = Namespace) =>
        KubefedctlAsync(["unjoin", .. Contexts(cluster), "--kubefed-namespace", @namespace]);

    /// <summary>Waits until a cluster is ready, or is not.</summary>
    public async Task WaitForClusterAsync(string name, bool ready) => await Wait.GetAsync(
        () => Host.GetAsync(FederationResources.KubeFedClusters, new NamespacedName(Namespace, name), FederationJsonContext.Default.KubeFedCluster),
        c => c.IsReady() == ready && c.Status is { Conditions.Count: > 0 },
        $"{name} to be {(ready ? "ready" : "not ready")}",
        c => $"{c.Status}");

    /// <summary>Writes the ends of all logs to the test's output if the test that runs now has failed; for a tear-down.</summary>
    public async Task WriteLogsIfFailedAsync()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            await WriteLogsAsync(TestContext.Out);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Helm is not null)
        {
            await Helm.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        foreach (var transport in _transports)
        {
            await transport.DisposeAsync();
        }

        await _clusters.DisposeAsync();
    }

    private string[] Contexts(FederatedCluster cluster) =>
        [cluster.Name, "--cluster-context", cluster.Cluster.Name, "--host-cluster-context", _clusters.Host.Name];

    private async Task SetUpAsync(FederationOptions options)
    {
        await (options.Installation == Installation.Aggregated ? InstallChartAsync(options) : InstallAsync(options));
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ConcurrentCommands };
        await Parallel.ForEachAsync(Clusters, limit, async (cluster, _) => await JoinAsync(cluster));
        await Parallel.ForEachAsync(options.Types, limit, async (type, _) => await KubefedctlAsync("enable", type));
        foreach (var cluster in Clusters)
        {
            await WaitForClusterAsync(cluster.Name, ready: true);
        }

        foreach (var type in options.Types)
        {
            await WaitForTypeAsync(type);
        }
    }

    private async Task InstallAsync(FederationOptions options)
    {
        await KubefedctlAsync("install");
        await ConfigureAsync(options.Config);
        Manager = PrepareManager(Namespace);
        Manager.Start();
    }

    // No types from the start: each test says which it wants, as a user does, by kubefedctl.
    private async Task InstallChartAsync(FederationOptions options)
    {
        var values = ChartValues.Of(options.Config);
        values["federatedTypes"] = new JsonArray();
        values["controllermanager"]!["controller"] = new JsonObject { ["replicaCount"] = 1, ["logLevel"] = 4 };
        values["apiServer"] = options.ApiServer.DeepClone();
        Helm = await HelmInstallation.InstallAsync(_clusters.Host, Host, _sandbox, values);
        Manager = Helm.ControllerManagers[0].Process;
    }

    private async Task<FederatedType> WaitForTypeAsync(string name) => new(await Wait.GetAsync(
        () => ReadTypeConfigAsync(name),
        c => c.Status?.PropagationController == ControllerStatus.Running && c.Status.ObservedGeneration == c.Metadata.Generation,
        $"the type {name} to be propagated",
        c => $"{c.Status}"));

    private Task<FederatedTypeConfig> ReadTypeConfigAsync(string name) => Host.GetAsync(
        FederationResources.FederatedTypeConfigs, new NamespacedName(Namespace, name), FederationJsonContext.Default.FederatedTypeConfig);

    private DynamicClient Connect(TestCluster cluster)
    {
        var transport = KubeTransport.Create(KubeConfigLoader.Load(new KubeConfigOptions { Path = cluster.KubeconfigPath }));
        _transports.Add(transport);
        return new DynamicClient(transport);
    }

    private async Task WriteLogsAsync(TextWriter writer)
    {
        const int Lines = 150;
        if (Helm is not null)
        {
            await Helm.WriteLogsAsync(writer);
        }
        else if (Manager is not null)
        {
            await writer.WriteLineAsync($"--- {Manager.Name}{(Manager.IsRunning ? "" : " (has ended)")}\n{Manager.TailLog(Lines)}");
        }

        foreach (var cluster in _clusters.All)
        {
            await cluster.WriteLogsAsync(writer, 30);
        }
    }
}
