using System.Text.Json.Nodes;
using KubeFed.HelmSupport;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;

namespace KubeFed.e2e.Charts;

/// <summary>The chart and an API server, without anything that runs the pods.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ChartOnClusterTests
{
    private const string Release = "kubefed";

    private static readonly TestCaseData<string>[] ValueSets =
    [
        new TestCaseData<string>("{}") { TestName = "{m}(default)" },
        new TestCaseData<string>("{apiServer: {enabled: false}}") { TestName = "{m}(custom resources)" },
        new TestCaseData<string>("{global: {scope: Namespaced}}") { TestName = "{m}(one namespace)" },
        new TestCaseData<string>("{apiServer: {storage: {backend: memory}}, controllermanager: {enabled: false}}") { TestName = "{m}(memory, API server alone)" },
        new TestCaseData<string>("""
            apiServer:
              replicaCount: 3
              storage: {backend: etcd, historyWindow: 10m, etcd: {endpoints: ['https://etcd:2379'], prefix: /federation, tlsSecret: etcd, clientCertificate: true, authSecret: etcd-user}}
            """) { TestName = "{m}(etcd)" },
        new TestCaseData<string>("""
            apiServer:
              certificates: {secretName: serving, caBundle: PEM, apiServiceAnnotations: {example.com/inject: "yes"}}
              service: {type: ExternalName, externalName: api.example.com, port: 8443, labels: {team: fed}}
              extraGroupVersions: [{group: fed.example.com, version: v1}]
            """) { TestName = "{m}(own certificate, outside of the cluster)" },
        new TestCaseData<string>("""
            apiServer:
              annotations: {example.com/a: b}
              env: {DOTNET_gcServer: 1}
              extraArgs: [--max-requests-inflight=800]
              audit: {log: file, maxSize: 5, maxBackups: 0, volume: {persistentVolumeClaim: {claimName: audit}}, policy: {omitStages: [RequestReceived], rules: [{level: None, users: [someone]}, {level: Metadata}]}}
              storage: {sqlite: {existingClaim: mine}}
            """) { TestName = "{m}(audit log, own claim)" },
        new TestCaseData<string>("""
            federatedTypes: []
            controllermanager:
              clusterHealthCheckPeriod: 20s
              clusterHealthCheckFailureThreshold: 5
              syncController: {adoptResources: Disabled, defaultPlacement: None}
              featureGates: {SchedulerPreferences: Disabled}
              commonNodeSelector: {disk: ssd}
              commonTolerations: [{key: a, operator: Exists}]
              imagePullSecrets: [{name: pull}]
              controller: {replicaCount: 1, forceRedeployment: true, extraRules: [{apiGroups: [fed.example.com], resources: ['*'], verbs: ['*']}]}
            """) { TestName = "{m}(settings)" },
    ];

    private readonly TempFolder _folder = new();
    private ClusterSet _clusters = null!;

    private TestCluster Host => _clusters.Host;

    private HelmClient Helm => new(Host, HelmTemplate.Namespace, _folder.Path);

    [OneTimeSetUp]
    public async Task StartCluster()
    {
        _clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 0 });
        await KubectlAsync("create", "namespace", HelmTemplate.Namespace);
    }

    [OneTimeTearDown]
    public async Task StopCluster()
    {
        if (_clusters is not null)
        {
            await _clusters.DisposeAsync();
        }

        _folder.Dispose();
    }

    [TestCaseSource(nameof(ValueSets))]
    public async Task Render_Values_MakesObjectsThatTheServerTakes(string values)
    {
        var rendered = (await HelmTemplate.RenderAsync(Manifests.Node(values), await VersionAsync())).EnsureSuccess().Output;

        var result = await Host.KubectlAsync(rendered, ["create", "--dry-run=server", "--validate=true", "-f", "-", "-o", "name"]);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("clusterrole.rbac.authorization.k8s.io/").Or.Contain("role.rbac.authorization.k8s.io/"));
    }

    [Test]
    public async Task Install_GroupsServedFromDefinitions_IsRefusedBeforeAnythingIsWritten()
    {
        await KubectlAsync("apply", "-f", Repository.Combine("crds", "core.kubefed.io_kubefedclusters.yaml"));
        try
        {
            await KubectlAsync("wait", "--for=condition=Available", "--timeout=60s", "apiservice/v1beta1.core.kubefed.io");

            var result = await Helm.TryApplyAsync(Release, HelmClient.Chart, [], "--server-side=false");

            Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
            Assert.That(result.Error, Does.Contain("this cluster serves core.kubefed.io/v1beta1 from CustomResourceDefinitions").And.Contain("docs/operations.md"));
            Assert.That(await KubectlAsync("get", "secrets,deployments", "--namespace", HelmTemplate.Namespace, "-o", "name"), Does.Not.Contain(Release));
        }
        finally
        {
            await KubectlAsync("delete", "crd", "kubefedclusters.core.kubefed.io", "--wait", "--timeout=60s");
            await Wait.PassesAsync(
                async () => Assert.That(await KubectlAsync("get", "apiservices", "-o", "name"), Does.Not.Contain(Release)),
                "the host to forget the group");
        }
    }

    [Test]
    public async Task Upgrade_ApiServerTakenOut_IsRefusedBeforeAnythingIsChanged()
    {
        await Helm.ApplyAsync(Release, HelmClient.Chart, [], "--server-side=false");
        try
        {
            var result = await Helm.TryApplyAsync(
                Release, HelmClient.Chart, new JsonObject { ["apiServer"] = new JsonObject { ["enabled"] = false } }, "--server-side=false");

            Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
            Assert.That(result.Error, Does.Contain("would take away the API server of this release with all federated objects in it").And.Contain("docs/operations.md"));
            Assert.That(await KubectlAsync("get", "apiservices", "-o", "name"), Does.Contain("v1beta1.core.kubefed.io"));
        }
        finally
        {
            await Helm.UninstallAsync(Release);
        }
    }

    private async Task<string> VersionAsync() =>
        ((string)JsonNode.Parse(await KubectlAsync("version", "-o", "json"))!["serverVersion"]!["gitVersion"]!).TrimStart('v');

    private async Task<string> KubectlAsync(params IEnumerable<string> arguments) => (await Host.KubectlAsync(arguments)).EnsureSuccess().Output;
}
