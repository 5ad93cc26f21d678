using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.HelmSupport;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Clusters.Etcd;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.e2e.Isolated;

/// <summary>
/// What is particular to the installation by the chart: the host with an API server behind its own, here two replicas on one etcd.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed partial class AggregatedInstallationTests
{
    private EtcdServer _etcd = null!;

    private Federation Federation { get; set; } = null!;

    private HelmInstallation Installation => Federation.Helm!;

    [OneTimeSetUp]
    public async Task CreateFederation()
    {
        _etcd = await EtcdServer.StartAsync();
        Federation = await Federation.CreateAsync(new FederationOptions
        {
            Installation = Installations.Installation.Aggregated,
            Members = 1,
            ControllerManagers = true,
            Config = Manifests.Node("""
                controllerDuration: {availableDelay: 1s, unavailableDelay: 1s}
                clusterHealthCheck: {period: 1s, timeout: 3s}
                leaderElect: {leaseDuration: 8s, renewDeadline: 5s, retryPeriod: 2s}
                """),
            ApiServer = Manifests.Node($"{{replicaCount: 2, storage: {{backend: etcd, etcd: {{endpoints: ['{_etcd.Endpoints[0]}']}}}}}}"),
        });
    }

    [OneTimeTearDown]
    public async Task DisposeFederation()
    {
        if (Federation is not null)
        {
            await Federation.DisposeAsync();
        }

        if (_etcd is not null)
        {
            await _etcd.DisposeAsync();
        }
    }

    [TearDown]
    public Task WriteLogs() => Federation.WriteLogsIfFailedAsync();

    private FederatedSpec Spec(string data) => new() { Template = Manifests.Node($"data: {data}"), Clusters = Federation.ClusterNames };

    private async Task<FederatedObjectDriver> CreateConfigMapAsync(string @namespace)
    {
        var type = await Federation.GetTypeAsync("configmaps");
        var federated = new FederatedObjectDriver(Federation, type, new NamespacedName(@namespace, Names.Unique("settings")));
        await federated.CreateAsync(Spec("{mode: slow}"));
        await federated.IsInOrderAsync(Spec("{mode: slow}"), "create");
        return federated;
    }

    private async Task<string> KubectlAsync(params string[] arguments) =>
        (await Federation.HostCluster.KubectlAsync(arguments)).EnsureSuccess().Output;

    // The host retries a deletion that it could not finish ever less often, at last once a minute.
    private Task IsNamespaceGoneAsync(string name) => Eventually.GetAsync(
        () => Federation.Host.FindAsync(WellKnown.Namespaces, NamespacedName.Cluster(name)),
        static found => found is null,
        $"the namespace {name} to be gone",
        TimeSpan.FromMinutes(2),
        static found => found?.GetNode("status")?.ToJsonString() ?? "gone");
}
