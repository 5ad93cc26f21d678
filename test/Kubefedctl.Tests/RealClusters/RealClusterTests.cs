using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Kubefedctl.Tests.RealClusters;

/// <summary>The commands by their real effects, each step as a user would look at it with kubectl.</summary>
[NonParallelizable]
public sealed class RealClusterTests
{
    private const string Namespace = "kube-federation-system";

    private ClusterSet _clusters = null!;
    private RealFederation _federation = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _clusters = await ClusterPool.GetAsync(new ClusterSetOptions { Members = 1, MemberControllerManager = true });
        _federation = new RealFederation(_clusters);
        Assert.That(await _federation.RunAsync("install"), Is.Zero, _federation.Error);
    }

    [OneTimeTearDown]
    public void Stop() => _federation?.Dispose();

    [TearDown]
    public Task WriteLogsAsync() => _clusters.WriteLogsIfFailedAsync();

    [Test]
    public async Task Install_Again_IsUnchanged()
    {
        Assert.That(await _federation.RunAsync("install"), Is.Zero, _federation.Error);

        Assert.That(_federation.Out.TrimEnd().Split('\n'), Has.All.EndsWith(" unchanged"));
    }

    [Test]
    public async Task JoinAndUnjoin_Member_MakeAndRemoveAWorkingAccount()
    {
        Assert.That(await _federation.RunAsync("join", "cluster1"), Is.Zero, _federation.Error);

        Assert.That(_federation.Out, Is.Empty);
        var secret = await KubectlAsync(_federation.Host, "get", "kubefedcluster", "cluster1", "-n", Namespace, "-o", "jsonpath={.spec.secretRef.name}");
        var encoded = await KubectlAsync(_federation.Host, "get", "secret", secret, "-n", Namespace, "-o", "jsonpath={.data.token}");
        var token = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        Assert.That(await CanAsync(token, "create", "deployments.apps"), Is.EqualTo("yes"));

        Assert.That(await _federation.RunAsync("unjoin", "cluster1"), Is.Zero, _federation.Error);

        Assert.That(await KubectlAsync(_federation.Host, "get", "kubefedclusters,secrets", "-n", Namespace, "-o", "name"), Does.Not.Contain("cluster1"));
        var roles = await KubectlAsync(_federation.Member, "get", "clusterroles,clusterrolebindings", "-o", "name");
        Assert.That(roles, Does.Not.Contain("kubefed"));
        await Eventually.True(
            async () => (await _federation.Member.KubectlAsync("get", "namespace", Namespace)).ExitCode != 0,
            "the namespace that join made is gone");
    }

    [Test]
    public async Task Join_Twice_NeedsErrorOnExistingFalseAndLeaksNothing()
    {
        Assert.That(await _federation.RunAsync("join", "cluster1"), Is.Zero, _federation.Error);
        try
        {
            Assert.That(await _federation.RunAsync("join", "cluster1"), Is.EqualTo(1));
            Assert.That(_federation.Error, Does.StartWith("Error: host cluster \"host\"").And.Contain("is joined already"));

            Assert.That(await _federation.RunAsync("join", "cluster1", "--error-on-existing=false"), Is.Zero, _federation.Error);
            var secrets = await KubectlAsync(_federation.Host, "get", "secrets", "-n", Namespace, "-o", "name", "-l", "kubefed.io/created-by=kubefedctl-join");
            Assert.That(secrets.Split('\n'), Has.Length.EqualTo(1));
        }
        finally
        {
            Assert.That(await _federation.RunAsync("unjoin", "cluster1"), Is.Zero, _federation.Error);
        }
    }

    [Test]
    public async Task Join_HostAsMember_KeepsItsNamespaceAtUnjoin()
    {
        Assert.That(await _federation.RunAsync("join", "host"), Is.Zero, _federation.Error);
        Assert.That(await _federation.RunAsync("unjoin", "host"), Is.Zero, _federation.Error);

        Assert.That(await KubectlAsync(_federation.Host, "get", "kubefedconfigs", "-n", Namespace, "-o", "name"), Is.Not.Empty);
    }

    [Test]
    public async Task Enable_Deployments_AreServedWithRetainReplicasAndDisabledAgain()
    {
        Assert.That(await _federation.RunAsync("enable", "deploy"), Is.Zero, _federation.Error);

        Assert.That(
            _federation.Out,
            Is.EqualTo($"""
                customresourcedefinition.apiextensions.k8s.io/federateddeployments.types.kubefed.io created
                federatedtypeconfig.core.kubefed.io/deployments.apps created in namespace {Namespace}

                """));
        Assert.That(await KubectlAsync(_federation.Host, "get", "fdeploy", "-A", "--ignore-not-found"), Is.Empty);
        var crd = await KubectlAsync(_federation.Host, "get", "crd", "federateddeployments.types.kubefed.io", "-o", "json");
        Assert.That(crd, Does.Contain("retainReplicas"));

        Assert.That(await _federation.RunAsync("enable", "deploy"), Is.Zero, _federation.Error);
        Assert.That(_federation.Out, Does.Contain("deployments.apps updated in namespace"));

        Assert.That(await _federation.RunAsync("disable", "deploy", "--delete-crd"), Is.Zero, _federation.Error);
        Assert.That(await KubectlAsync(_federation.Host, "get", "federatedtypeconfigs", "-n", Namespace, "-o", "name"), Does.Not.Contain("deployments.apps"));
    }

    [Test]
    public async Task Enable_OutputYaml_IsAcceptedByKubectl()
    {
        Assert.That(await _federation.RunAsync("enable", "secrets", "-o", "yaml"), Is.Zero, _federation.Error);

        (await _federation.Host.KubectlAsync(_federation.Out, ["apply", "--dry-run=server", "-f", "-"])).EnsureSuccess();
    }

    [Test]
    public async Task Federate_ConfigMap_MatchesItsSource()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              namespace: default
              labels:
                a: b
            data:
              k: v
            """);

        Assert.That(await _federation.RunAsync("federate", "cm", "settings", "--enable-type"), Is.Zero, _federation.Error);

        Assert.That(_federation.Out, Is.Empty);
        var template = await KubectlAsync(_federation.Host, "get", "fcm", "settings", "-o", "jsonpath={.spec.template}");
        Assert.That(template, Is.EqualTo("""{"data":{"k":"v"},"metadata":{"labels":{"a":"b"}}}"""));
        Assert.That(await _federation.RunAsync("disable", "configmaps", "--delete-crd"), Is.EqualTo(1), "there is an instance");
        Assert.That(_federation.Error, Does.Contain("still has objects of federatedconfigmaps.types.kubefed.io, for example \"default/settings\""));
    }

    [Test]
    public async Task Enable_UnknownType_SuggestsTheRealOne()
    {
        Assert.That(await _federation.RunAsync("enable", "deploymnets"), Is.EqualTo(1));

        Assert.That(_federation.Error, Does.Contain("did you mean \"deployments\""));
    }

    private Task ApplyAsync(string yaml) => RealFederation.ApplyAsync(_federation.Host, yaml);

    private static Task<string> KubectlAsync(TestCluster cluster, params string[] arguments) => RealFederation.KubectlAsync(cluster, arguments);

    private async Task<string> CanAsync(string token, string verb, string resource)
    {
        var member = _federation.Member;
        var result = await KubeFed.TestSupport.Processes.ProcessRunner.RunAsync(
            member.KubectlPath,
            ["--kubeconfig", "/dev/null", "--server", member.Server.ToString(), "--insecure-skip-tls-verify", "--token", token, "auth", "can-i", verb, resource]);
        return result.Output.Trim();
    }
}
