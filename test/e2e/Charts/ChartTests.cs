using KubeFed.TestSupport.Golden;

namespace KubeFed.e2e.Charts;

/// <summary>What the chart makes of values, and which it refuses.</summary>
[Category("no-cluster")]
[Parallelizable(ParallelScope.All)]
public sealed class ChartTests
{
    private const string Kubernetes = "1.30.0";

    [Test]
    public async Task Render_NoValues_IsAsKept()
    {
        var rendered = (await HelmTemplate.RenderAsync([], Kubernetes)).EnsureSuccess().Output;

        GoldenFile.Match("default.yaml", rendered);
    }

    [TestCase("", "1.20.2", "webhook.yaml")]
    [TestCase("Namespaced", "1.20.2", "webhook-namespaced.yaml")]
    public async Task Render_WebhookWithoutTheApiServer_IsAsKept(string scope, string version, string golden)
    {
        var values = $"{{apiServer: {{enabled: false}}, global: {{scope: '{scope}'}}, controllermanager: {{webhook: {{enabled: true}}}}}}";
        var rendered = (await HelmTemplate.RenderAsync(Manifests.Node(values), version)).EnsureSuccess().Output;

        Assert.That(rendered, Does.Contain("- --webhook-addr=:8443"));
        var documents = rendered.Split("\n---\n").Where(static document => document.Contains("controllermanager/webhook.yaml", StringComparison.Ordinal));
        GoldenFile.Match(golden, string.Join("\n---\n", documents) + "\n");
    }

    [TestCase("{apiServer: {replicaCount: two}}", "at '/apiServer/replicaCount': got string, want integer")]
    [TestCase("{apiServer: {storage: {backend: mysql}}}", "at '/apiServer/storage/backend': value must be one of 'sqlite', 'etcd', 'memory'")]
    [TestCase("{apiServer: {replicas: 2}}", "at '/apiServer': additional properties 'replicas' not allowed")]
    [TestCase("{apiServer: {storage: {etcd: {endpoints: [etcd:2379]}}}}", "at '/apiServer/storage/etcd/endpoints/0': 'etcd:2379' does not match pattern")]
    [TestCase("{apiServer: {audit: {log: syslog}}}", "at '/apiServer/audit/log': value must be one of '', 'stdout', 'file'")]
    [TestCase("{apiServer: {audit: {log: stdout, policy: {rules: [{level: Everything}]}}}}", "at '/apiServer/audit/policy/rules/0/level': value must be one of")]
    [TestCase("{global: {scope: Namespace}}", "at '/global/scope': value must be one of '', 'Cluster', 'Namespaced'")]
    [TestCase("{controllermanager: {clusterHealthCheckPeriod: 10}}", "at '/controllermanager/clusterHealthCheckPeriod': got number, want string")]
    [TestCase("{controllermanager: {webhook: {image: x}}}", "at '/controllermanager/webhook': additional properties 'image' not allowed")]
    [TestCase("{certManager: {enabled: true}}", "additional properties 'certManager' not allowed")]
    public Task Render_WrongValue_NamesItAndWhatIsAllowed(string values, string message) => RefusesAsync(values, message);

    [TestCase("{apiServer: {replicaCount: 2}}", "several replicas need apiServer.storage.backend=etcd")]
    [TestCase("{apiServer: {storage: {backend: etcd}}}", "apiServer.storage.etcd.endpoints must be set")]
    [TestCase("{apiServer: {service: {type: ExternalName}}}", "apiServer.service.externalName must be set")]
    [TestCase("{apiServer: {certificates: {caBundle: x}}}", "go with apiServer.certificates.secretName")]
    [TestCase("{apiServer: {audit: {policy: {rules: [{level: None}]}}}}", "has no effect without apiServer.audit.log")]
    [TestCase("{controllermanager: {webhook: {enabled: true}}}", "goes with apiServer.enabled=false")]
    [TestCase("{apiServer: {audit: {log: file, policy: {omitManagedFields: true}}}}", "apiServer.audit.policy.rules is missing")]
    public Task Render_ValuesThatDoNotGoTogether_SaysWhatIsMissing(string values, string message) => RefusesAsync(values, message);

    private static async Task RefusesAsync(string values, string message)
    {
        var result = await HelmTemplate.RenderAsync(Manifests.Node(values), Kubernetes);

        Assert.That(result.ExitCode, Is.Not.Zero, result.Output);
        Assert.That(result.Error, Does.Contain(message));
    }
}
