using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.DevClusters.Tests;

/// <summary>A person at a real kubectl.</summary>
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class KubectlTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - {name: app, image: nginx, resources: {limits: {cpu: "1", memory: 64Mi}}, ports: [{containerPort: 80}]}
                - {name: side, image: "busybox:1.36", env: [{name: A, value: b}]}
        """;

    private TempFolder _folder = null!;
    private DevCluster _cluster = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TempFolder();
        _cluster = await DevCluster.StartAsync(new DevClusterOptions { DataDirectory = _folder.Path }, CancellationToken.None);
        foreach (string name in new[] { "apply", "patch", "ssa", "rules" })
        {
            await RunAsync(null, "create", "namespace", name);
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Apply_Deployment_IsDefaultedPrintedAndDescribed()
    {
        Assert.That(await RunAsync(Web, "apply", "-n", "apply", "-f", "-"), Is.EqualTo("deployment.apps/web created\n"));

        string[] table = (await RunAsync(null, "get", "deployments", "web", "-n", "apply", "-o", "wide")).Split('\n');
        Assert.That(table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE", "CONTAINERS", "IMAGES", "SELECTOR" }));
        Assert.That(table[1], Does.EndWith("app=web"));
        Assert.That(
            await RunAsync(null, "get", "deployment", "web", "-n", "apply", "-o", "jsonpath={.spec.strategy} {.spec.template.spec.containers[0].resources.limits.cpu} {.spec.template.spec.containers[*].imagePullPolicy} {.spec.template.spec.restartPolicy}"),
            Is.EqualTo("""{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"} 1 Always IfNotPresent Always"""));
        Assert.That(await RunAsync(null, "describe", "deployment", "web", "-n", "apply"), Does.Contain("RollingUpdateStrategy:  25% max unavailable, 25% max surge"));
        Assert.That(await RunAsync(Web, "apply", "-n", "apply", "-f", "-"), Is.EqualTo("deployment.apps/web unchanged\n"));
    }

    [Test]
    public async Task Apply_NullsAndQuantitiesAsNumbers_AreTaken([Values("--server-side=true", "--server-side=false")] string way)
    {
        string text = Web
            .Replace("name: web}", way.EndsWith("true", StringComparison.Ordinal) ? "name: nulls-a}" : "name: nulls-b}", StringComparison.Ordinal)
            .Replace("labels: {app: web}}", "labels: {app: web}, creationTimestamp: null}", StringComparison.Ordinal)
            .Replace("cpu: \"1\"", "cpu: 1", StringComparison.Ordinal);

        await RunAsync(text, "apply", way, "-n", "apply", "-f", "-");

        string name = way.EndsWith("true", StringComparison.Ordinal) ? "nulls-a" : "nulls-b";
        Assert.That(
            await RunAsync(null, "get", "deployment", name, "-n", "apply", "-o", "jsonpath={.spec.template.metadata} {.spec.template.spec.containers[0].resources.limits}"),
            Is.EqualTo("""{"labels":{"app":"web"}} {"cpu":"1","memory":"64Mi"}"""));
    }

    [Test]
    public async Task Explain_FieldOfAPod_KnowsItsType()
    {
        string text = await RunAsync(null, "explain", "deployment.spec.template.spec.containers.ports");

        Assert.That(text, Does.Contain("FIELD: ports <[]ContainerPort>").And.Contain("containerPort\t<integer> -required-"));
    }

    [Test]
    public async Task Patch_ContainerByName_LeavesTheOthers()
    {
        await RunAsync(Web, "create", "-n", "patch", "-f", "-");

        await RunAsync(null, "patch", "deployment", "web", "-n", "patch", "-p", """{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox:1.37"}]}}}}""");

        Assert.That(
            await RunAsync(null, "get", "deployment", "web", "-n", "patch", "-o", "jsonpath={.spec.template.spec.containers[*].image} {.spec.template.spec.containers[1].env[0].value}"),
            Is.EqualTo("nginx busybox:1.37 b"));
    }

    [Test]
    public async Task ApplyServerSide_MemberThatIsNoLongerApplied_Goes()
    {
        await RunAsync(Web, "apply", "--server-side", "-n", "ssa", "-f", "-");
        await RunAsync(null, "set", "image", "deployment/web", "-n", "ssa", "app=nginx:2", "--field-manager=other");

        await RunAsync(
            Web.Replace("image: nginx, ", string.Empty, StringComparison.Ordinal).Replace(", env: [{name: A, value: b}]", string.Empty, StringComparison.Ordinal),
            "apply", "--server-side", "-n", "ssa", "-f", "-");

        Assert.That(
            await RunAsync(null, "get", "deployment", "web", "-n", "ssa", "-o", "jsonpath={.spec.template.spec.containers[*].image}{.spec.template.spec.containers[1].env}"),
            Is.EqualTo("nginx:2 busybox:1.36"));
    }

    [Test]
    public async Task Apply_LoadBalancer_GetsAddressAndPort()
    {
        await RunAsync(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
            """,
            "apply", "-n", "rules", "-f", "-");

        string spec = await RunAsync(null, "get", "service", "web", "-n", "rules", "-o", "jsonpath={.spec.clusterIP} {.spec.ports[0].nodePort} {.spec.ports[0].targetPort}");

        Assert.That(spec, Does.Match(@"^10\.96\.\d+\.\d+ 3\d{4} 80$"));
    }

    [Test]
    public async Task Apply_PortThatIsNone_IsRefused()
    {
        var result = await KubectlAsync(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: none}
            spec: {ports: [{port: 99999}]}
            """,
            "apply", "-n", "rules", "-f", "-");

        Assert.That(result.Error, Does.Contain("spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive"));
    }

    [Test]
    public async Task Apply_SelectorOfOtherPods_IsRefused()
    {
        var result = await KubectlAsync(Web.Replace("matchLabels: {app: web}", "matchLabels: {app: other}", StringComparison.Ordinal), "apply", "-n", "rules", "-f", "-");

        Assert.That(result.Error, Does.Contain("spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`"));
    }

    private async Task<string> RunAsync(string? input, params string[] arguments) => (await KubectlAsync(input, arguments)).EnsureSuccess().Output;

    private Task<ProcessResult> KubectlAsync(string? input, params string[] arguments) => ProcessRunner.RunAsync(
        TestBed.Require("kubectl"),
        ["--kubeconfig", _cluster.KubeconfigPath!, "--cache-dir", _folder.Combine("cache"), .. arguments],
        new ProcessOptions { Input = input });
}
