using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Crds;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.FederationApis.Tests.Crds;

/// <summary>The definitions on a real API server of an old version.</summary>
public sealed class CrdsOnServerTests
{
    private static readonly string Repository = Locate();
    private TestCluster _cluster = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        _cluster = (await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host;
        var definitions = CrdCatalog.Load(new Version(1, 20))
            .Append(FederatedTypeFactory.CreateDefinition(FederatedTypeFactoryTests.Deployments))
            .Append(FederatedTypeFactory.CreateDefinition(FederatedTypeFactoryTests.Namespaces))
            .Append(FederatedTypeFactory.CreateDefinition(OfCore("ConfigMap", "configmaps")))
            .Append(FederatedTypeFactory.CreateDefinition(OfCore("Service", "services"))).ToArray();
        foreach (var definition in definitions)
        {
            var result = await _cluster.KubectlAsync(Text(definition), ["apply", "-f", "-"]);
            Assert.That(result.ExitCode, Is.Zero, result.Error);
        }

        await Eventually.Passes(
            async () =>
            {
                var result = await _cluster.KubectlAsync(
                    ["wait", "--for=condition=Established", "--timeout=30s", .. definitions.Select(d => "crd/" + d.Metadata.Name)]);
                Assert.That(result.ExitCode, Is.Zero, result.Error);
            },
            "the definitions are served");
    }

    [Test]
    public async Task Definitions_Conditions_AreStructuralWithoutViolations()
    {
        var result = await _cluster.KubectlAsync(
            "get", "crd", "-o", "jsonpath={range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"NonStructuralSchema\")].message};{end}");
        Assert.That(result.Output.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.TrimEnd().EndsWith('=')), Is.Empty);
    }

    [Test]
    public async Task KubeFedConfig_ScopeAlone_GetsDefaults()
    {
        var result = await CreateAsync("KubeFedConfig", "kubefed", """{"scope":"Cluster"}""", "-o", "json");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("\"defaultPlacement\": \"All\"").And.Contain("\"leaseDuration\": \"15s\"").And.Contain("RawResourceStatusCollection"));
    }

    [TestCase("""{"scope":"World"}""", "spec.scope")]
    [TestCase("""{"scope":"Cluster","controllerDuration":{"availableDelay":"0s"}}""", "spec.controllerDuration.availableDelay")]
    [TestCase("""{"scope":"Cluster","clusterHealthCheck":{"failureThreshold":0}}""", "spec.clusterHealthCheck.failureThreshold")]
    [TestCase("""{"scope":"Cluster","featureGates":[{"name":"PushReconciler","configuration":"Enabled"},{"name":"PushReconciler","configuration":"Enabled"}]}""", "spec.featureGates[1]")]
    public async Task KubeFedConfig_Bad_IsRefusedWithTheField(string spec, string field)
    {
        var result = await CreateAsync("KubeFedConfig", "kubefed", spec);
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Error, Does.Contain(field));
    }

    [TestCase("""{"apiEndpoint":"https://a:6443","secretRef":{"name":"s"},"disabledTLSValidations":["SubjectName","ValidityPeriod"]}""", null)]
    [TestCase("""{"apiEndpoint":"https://a:6443","secretRef":{"name":"s"},"disabledTLSValidations":["*"],"caBundle":"AQID"}""", null)]
    [TestCase("""{"apiEndpoint":"https://a:6443","secretRef":{"name":"s"},"disabledTLSValidations":["*","SubjectName"]}""", "spec.disabledTLSValidations")]
    [TestCase("""{"apiEndpoint":"example.com/path","secretRef":{"name":"s"}}""", "spec.apiEndpoint")]
    [TestCase("""{"apiEndpoint":"example.com:65536","secretRef":{"name":"s"}}""", "spec.apiEndpoint")]
    [TestCase("""{"apiEndpoint":"example.com"}""", "secretRef")]
    [TestCase("""{"apiEndpoint":"example.com","secretRef":{"name":"s"},"proxyURL":"socks6://x"}""", "spec.proxyURL")]
    public async Task KubeFedCluster_Specs_AreJudged(string spec, string? field)
    {
        var result = await CreateAsync("KubeFedCluster", "c1", spec);
        Assert.That(result.ExitCode, field is null ? Is.Zero : Is.Not.Zero, result.Error);
        Assert.That(result.Error, field is null ? Is.Empty : Does.Contain(field));
    }

    [Test]
    public async Task FederatedObject_OverridesOfTwoManagers_AreBothKept()
    {
        await ApplyAsync("one", """{"template":{"spec":{"a":[1]}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/a","value":[2]}]}]}""");
        await ApplyAsync("two", """{"overrides":[{"clusterName":"c1","clusterOverrides":[{"path":"/spec/replicas","value":3}]},{"clusterName":"c2","clusterOverrides":[{"path":"/x","value":null}]}]}""");
        await ApplyAsync("one", """{"template":{"spec":{"a":[1]}},"placement":{"clusters":[]}}""");
        var read = await _cluster.KubectlAsync("get", "fdeploy", "owned", "-o", "jsonpath={.spec}");
        Assert.That(read.ExitCode, Is.Zero, read.Error);
        Assert.That(read.Output, Does.Contain("/spec/replicas").And.Contain("\"c2\"").And.Contain("\"clusters\":[]").And.Not.Contain("\"/spec/a\""));
    }

    [TestCase("kubefedclusters", "NAME   READY   AGE")]
    public async Task Get_Table_HasTheColumns(string resource, string header)
    {
        await _cluster.KubectlAsync(
            """{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":{"name":"seen"},"spec":{"apiEndpoint":"a","secretRef":{"name":"s"}}}""",
            ["create", "-f", "-"]);
        var result = await _cluster.KubectlAsync("get", resource);
        Assert.That(result.Output, Does.StartWith(header), result.Error);
    }

    [Test]
    public async Task Explain_Field_IsDescribed()
    {
        await Eventually.Passes(
            async () =>
            {
                var result = await _cluster.KubectlAsync("explain", "federateddeployment.spec.overrides.clusterOverrides.op");
                Assert.That(result.Output, Does.Contain("Absent means replace"), result.Error);
            },
            "the schema is published");
    }

    [Test]
    public async Task Samples_All_AreAccepted()
    {
        var files = Directory.GetFiles(Path.Combine(Repository, "samples"), "*.yaml", SearchOption.AllDirectories);
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var text = (await File.ReadAllTextAsync(file)).Replace("namespace: guestbook", "namespace: default", StringComparison.Ordinal)
                .Replace("namespace: kube-federation-system", "namespace: default", StringComparison.Ordinal);
            var result = await _cluster.KubectlAsync(text, ["create", "--dry-run=server", "-f", "-"]);
            Assert.That(result.ExitCode, Is.Zero, $"{file}: {result.Error}");
        }
    }

    private Task<TestSupport.Processes.ProcessResult> CreateAsync(string kind, string name, string spec, params string[] more) => _cluster.KubectlAsync(
        $$"""{"apiVersion":"core.kubefed.io/v1beta1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"default"},"spec":{{spec}}}""",
        ["create", "--dry-run=server", "-f", "-", .. more]);

    private async Task ApplyAsync(string manager, string spec)
    {
        var result = await _cluster.KubectlAsync(
            $$"""{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedDeployment","metadata":{"name":"owned","namespace":"default"},"spec":{{spec}}}""",
            ["apply", "--server-side", "--field-manager", manager, "-f", "-"]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    private static FederationTarget OfCore(string kind, string plural) =>
        new() { Resource = new() { Version = "v1", Kind = kind, PluralName = plural, Scope = "Namespaced" } };

    private static string Text(KubeObject value) => Encoding.UTF8.GetString(value.Utf8Json.Span);

    private static string Locate()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "kubefed.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the repository is not above the test folder");
    }
}
