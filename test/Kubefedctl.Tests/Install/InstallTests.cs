using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Install;

[Parallelizable(ParallelScope.All)]
public sealed class InstallTests
{
    private const string Namespace = FakeFederation.Namespace;

    [Test]
    public async Task Install_EmptyHost_CreatesEverything()
    {
        var (federation, host) = Empty();

        Assert.That(await federation.RunAsync("install", "--host-cluster-context", "empty"), Is.Zero, federation.Error);

        var lines = federation.Out.TrimEnd().Split('\n');
        Assert.That(lines[0], Is.EqualTo($"namespace/{Namespace} created"));
        Assert.That(lines[^1], Is.EqualTo("kubefedconfig.core.kubefed.io/kubefed created"));
        Assert.That(lines, Does.Contain("customresourcedefinition.apiextensions.k8s.io/kubefedclusters.core.kubefed.io created"));
        Assert.That(host.Find(FederationResources.KubeFedConfigs, Namespace, "kubefed")!.GetString("spec", "scope"), Is.EqualTo("Cluster"));
    }

    [Test]
    public async Task Install_Again_ChangesNothing()
    {
        var (federation, host) = Empty();
        await federation.RunAsync("install", "--host-cluster-context", "empty");
        var before = host.All(KubeResources.CustomResourceDefinitions).Select(c => c.Metadata.ResourceVersion).ToArray();

        Assert.That(await federation.RunAsync("install", "--host-cluster-context", "empty"), Is.Zero, federation.Error);

        Assert.That(federation.Out.TrimEnd().Split('\n'), Has.All.EndsWith(" unchanged"));
        Assert.That(host.All(KubeResources.CustomResourceDefinitions).Select(c => c.Metadata.ResourceVersion), Is.EqualTo(before));
    }

    [Test]
    public async Task Install_OtherScopeThanBefore_IsRefusedBeforeAnythingIsWritten()
    {
        var (federation, host) = Empty();
        await federation.RunAsync("install", "--host-cluster-context", "empty");
        host.Calls.Clear();

        Assert.That(await federation.RunAsync("install", "--host-cluster-context", "empty", "--scope", "Namespaced"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has the scope Cluster, which cannot be changed to Namespaced"));
        Assert.That(federation.Out, Is.Empty);
        Assert.That(host.Calls, Has.None.StartsWith("apply").And.None.StartsWith("create"));
    }

    [Test]
    public async Task Install_OutputYaml_WritesNothing()
    {
        var (federation, host) = Empty();

        Assert.That(await federation.RunAsync("install", "--host-cluster-context", "empty", "-o", "yaml"), Is.Zero, federation.Error);

        Assert.That(host.Names, Is.Empty);
        var kinds = ApiMachinery.Yaml.KubeYaml.ReadDocuments(federation.Out).Select(d => (string?)d["kind"]).ToArray();
        Assert.That((kinds[0], kinds[^1]), Is.EqualTo(("Namespace", "KubeFedConfig")));
    }

    [Test]
    public async Task Install_CoreServedByAnApiServerBehindTheHost_WritesNoDefinitions()
    {
        var federation = new FakeFederation();
        federation.Aggregate(FederationGroups.Core);
        federation.Host.Paths = static path => path == "/version" ? (200, """{"gitVersion":"v1.20.2"}""") : (404, "");
        federation.Host.Calls.Clear();

        Assert.That(await federation.RunAsync("install"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Is.EqualTo($"core.kubefed.io/v1beta1 is served by {Namespace}/kubefed-apiserver: no CustomResourceDefinitions are needed\n"));
        Assert.That(federation.Out, Is.EqualTo($"namespace/{Namespace} unchanged\nkubefedconfig.core.kubefed.io/kubefed unchanged\n"));
        Assert.That(federation.Host.Calls, Has.None.StartsWith("apply").And.None.StartsWith("create"));
    }

    [Test]
    public async Task Install_NoKubernetes_SaysSo()
    {
        var (federation, host) = Empty();
        host.Paths = static _ => (200, "<html>");

        Assert.That(await federation.RunAsync("install", "--host-cluster-context", "empty"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("tells no readable version; check that the address is a Kubernetes API server"));
    }

    private static (FakeFederation Federation, InMemoryApiServer Host) Empty()
    {
        var federation = new FakeFederation();
        var host = federation.Add("empty");
        host.Paths = static path => path == "/version" ? (200, """{"gitVersion":"v1.20.2"}""") : (404, "");
        host.OnCreate = FakeFederation.Establish;
        return (federation, host);
    }
}
