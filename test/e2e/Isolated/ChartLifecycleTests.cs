using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.FederationApis;
using KubeFed.HelmSupport;

namespace KubeFed.e2e.Isolated;

/// <summary>The life of a release of the chart with its default storage: what an upgrade changes, and what is left when it is uninstalled.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ChartLifecycleTests
{
    private Federation Federation { get; set; } = null!;

    private HelmInstallation Installation => Federation.Helm!;

    [OneTimeSetUp]
    public async Task CreateFederation() => Federation = await Federation.CreateAsync(new FederationOptions
    {
        Installation = Installations.Installation.Aggregated,
        Members = 1,
        ControllerManagers = true,
        Config = Manifests.Node("""
            controllerDuration: {availableDelay: 1s, unavailableDelay: 1s}
            clusterHealthCheck: {period: 1s, timeout: 3s}
            leaderElect: {leaseDuration: 8s, renewDeadline: 5s, retryPeriod: 2s}
            """),
    });

    [OneTimeTearDown]
    public async Task DisposeFederation()
    {
        if (Federation is not null)
        {
            await Federation.DisposeAsync();
        }
    }

    [TearDown]
    public Task WriteLogs() => Federation.WriteLogsIfFailedAsync();

    [Test]
    public async Task Enable_TypeOfTheApiServer_LeavesNoDefinitionOnTheHost() =>
        Assert.That(await NamesAsync("customresourcedefinitions"), Is.Empty);

    [Test]
    public async Task Upgrade_OtherValues_ObjectsStayAndPropagationGoesOn()
    {
        var federated = await CreateConfigMapAsync("upgraded");
        var uid = await UidAsync(federated);

        await Installation.UpgradeAsync(Manifests.Node("""
            apiServer:
              logLevel: 3
              audit:
                log: stdout
                policy:
                  rules: [{level: Metadata, resources: [{group: types.kubefed.io, resources: [federatedconfigmaps]}], verbs: [patch]}]
            controllermanager:
              syncController: {maxConcurrentReconciles: 7}
              controller: {replicaCount: 2}
            """));

        Assert.That(await UidAsync(federated), Is.EqualTo(uid));
        await federated.UpdateAsync(Spec("{mode: fast}"));
        await federated.IsInOrderAsync(Spec("{mode: fast}"), "upgrade");
        Assert.That(Installation.ControllerManagers, Has.Count.EqualTo(2));
        var config = await Federation.Host.GetAsync(
            FederationResources.KubeFedConfigs, new NamespacedName(Federations.Federation.Namespace, FederationNames.KubeFedConfig));
        Assert.That((int?)config.GetNode("spec", "syncController", "maxConcurrentReconciles"), Is.EqualTo(7));
        await Wait.GetAsync(
            () => Task.FromResult(Installation.ApiServers[0].Process.TailLog(150)),
            log => log.Contains("\"auditID\"", StringComparison.Ordinal) && log.Contains(federated.Key.Name, StringComparison.Ordinal),
            "the update to be in the audit log");
    }

    [Test]
    public async Task Uninstall_ObjectsStillThere_HostGoesOnAndTheNextInstallationHasThem()
    {
        var federated = await CreateConfigMapAsync("kept");
        var uid = await UidAsync(federated);

        await Installation.UninstallAsync();

        await IsCleanAsync();
        await KubectlAsync("create", "namespace", "after");
        await KubectlAsync("delete", "namespace", "after", "--timeout=60s");
        foreach (var cluster in Federation.Clusters)
        {
            await federated.IsHeldAsync(cluster, Spec("{mode: slow}"), "uninstallation");
        }

        await Installation.UpgradeAsync([]);
        Assert.That(await UidAsync(federated), Is.EqualTo(uid));
        await federated.UpdateAsync(Spec("{mode: fast}"));
        await federated.IsInOrderAsync(Spec("{mode: fast}"), "next installation");
    }

    // What docs/operations.md says is left, and nothing else.
    private async Task IsCleanAsync()
    {
        Assert.That(await NamesAsync("apiservices,customresourcedefinitions,clusterroles,clusterrolebindings"), Is.Empty);
        Assert.That(await NamesAsync("roles,rolebindings", "--namespace=kube-system"), Is.Empty);
        Assert.That(await KubectlAsync("api-versions"), Does.Not.Contain("kubefed.io"));

        var kinds = (await KubectlAsync("api-resources", "--verbs=list", "--namespaced", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var left = (await KubectlAsync("get", string.Join(',', kinds), "--namespace", Federations.Federation.Namespace, "-o", "name"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static name => !name.Contains("event", StringComparison.Ordinal) && !IsOfEveryNamespace(name));
        Assert.That(
            left.Where(name => !Federation.ClusterNames.Any(cluster => name.StartsWith($"secret/{cluster}-", StringComparison.Ordinal))),
            Is.EquivalentTo(new[] { "lease.coordination.k8s.io/kubefed-controller-manager", "persistentvolumeclaim/kubefed-apiserver" }));
    }

    private static bool IsOfEveryNamespace(string name) =>
        name is "configmap/kube-root-ca.crt" or "serviceaccount/default" || name.StartsWith("secret/default-token-", StringComparison.Ordinal);

    private async Task<string[]> NamesAsync(string kinds, params string[] options) =>
        [.. (await KubectlAsync(["get", kinds, "-o", "name", .. options]))
            .Split('\n')
            .Where(static name => name.Contains("kubefed", StringComparison.OrdinalIgnoreCase))];

    private async Task<FederatedObjectDriver> CreateConfigMapAsync(string prefix)
    {
        var type = await Federation.GetTypeAsync("configmaps");
        var key = new NamespacedName(await Federation.CreateNamespaceAsync(prefix), Names.Unique("settings"));
        var federated = new FederatedObjectDriver(Federation, type, key);
        await federated.CreateAsync(Spec("{mode: slow}"));
        await federated.IsInOrderAsync(Spec("{mode: slow}"), "create");
        return federated;
    }

    private async Task<string> UidAsync(FederatedObjectDriver federated) =>
        (await Federation.Host.GetAsync(federated.Type.FederatedResource, federated.Key)).Metadata.Uid!;

    private FederatedSpec Spec(string data) => new() { Template = Manifests.Node($"data: {data}"), Clusters = Federation.ClusterNames };

    private async Task<string> KubectlAsync(params IEnumerable<string> arguments) =>
        (await Federation.HostCluster.KubectlAsync(arguments)).EnsureSuccess().Output;
}
