using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Orphaning;

[Parallelizable(ParallelScope.All)]
public sealed class OrphaningTests
{
    private static readonly GroupVersionResource FederatedConfigMaps = new("types.kubefed.io", "v1beta1", "federatedconfigmaps");

    [Test]
    public async Task Enable_FederatedObject_AnnotatesItAndStatusTells()
    {
        var federation = Create();

        Assert.That(await federation.RunAsync("orphaning-deletion", "status", "fcm", "settings", "-n", "shop"), Is.Zero, federation.Error);
        Assert.That((federation.Out, federation.Error), Is.EqualTo(("Disabled" + Environment.NewLine, "")));

        Assert.That(await federation.RunAsync("orphaning-deletion", "enable", "FederatedConfigMap", "settings", "-n", "shop"), Is.Zero, federation.Error);
        Assert.That(federation.Out, Is.Empty);
        Assert.That(federation.Error.Trim(), Is.EqualTo("federatedconfigmap.types.kubefed.io/settings: orphaning deletion enabled"));
        Assert.That(Annotations(federation)[FederationAnnotations.Orphan], Is.EqualTo("true"));
        Assert.That(Annotations(federation)["a"], Is.EqualTo("b"), "other annotations stay");

        Assert.That(await federation.RunAsync("orphaning-deletion", "status", "fcm", "settings", "-n", "shop"), Is.Zero, federation.Error);
        Assert.That(federation.Out.Trim(), Is.EqualTo("Enabled"));
    }

    [Test]
    public async Task Disable_WasEnabled_RemovesTheAnnotation()
    {
        var federation = Create(FederationAnnotations.Orphan);

        Assert.That(await federation.RunAsync("orphaning-deletion", "disable", "fcm", "settings", "-n", "shop"), Is.Zero, federation.Error);

        Assert.That(Annotations(federation), Does.Not.ContainKey(FederationAnnotations.Orphan));
    }

    [TestCase("enable", FederationAnnotations.Orphan)]
    [TestCase("disable", "c")]
    public async Task Set_IsSoAlready_WritesNothing(string command, string annotation)
    {
        var federation = Create(annotation);

        Assert.That(await federation.RunAsync("orphaning-deletion", command, "fcm", "settings", "-n", "shop"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain($"orphaning deletion {command}d already"));
        Assert.That(federation.Host.Calls, Has.None.StartsWith("patch"));
    }

    [Test]
    public async Task Enable_DryRun_ChangesNothing()
    {
        var federation = Create();

        Assert.That(await federation.RunAsync("orphaning-deletion", "enable", "fcm", "settings", "-n", "shop", "--dry-run"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.Contain("orphaning deletion enabled (dry run)"));
        Assert.That(Annotations(federation), Does.Not.ContainKey(FederationAnnotations.Orphan));
    }

    [Test]
    public async Task Enable_NoFederatedType_IsWarnedOf()
    {
        var federation = Create();
        federation.Host.Put(
            new GroupVersionResource("", "v1", "configmaps"),
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}""");

        Assert.That(await federation.RunAsync("orphaning-deletion", "enable", "cm", "settings", "-n", "shop"), Is.Zero, federation.Error);

        Assert.That(federation.Error, Does.StartWith("Warning: configmaps is no federated type: the annotation has no effect"));
    }

    [Test]
    public async Task Status_NoSuchObject_AsksForTheNamespace()
    {
        var federation = Create();

        Assert.That(await federation.RunAsync("orphaning-deletion", "status", "fcm", "settings"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("has no federatedconfigmaps.types.kubefed.io \"default/settings\"; name its namespace with -n"));
    }

    private static FakeFederation Create(string annotation = "c")
    {
        var federation = new FakeFederation();
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("types.kubefed.io", "v1beta1", "federatedconfigmaps", "FederatedConfigMap", "fcm"));
        federation.Host.Put(
            FederatedConfigMaps,
            $$"""{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedConfigMap","metadata":{"name":"settings","namespace":"shop","annotations":{"a":"b","{{annotation}}":"true"} } }""");
        return federation;
    }

    private static IReadOnlyDictionary<string, string> Annotations(FakeFederation federation) =>
        federation.Host.Find(FederatedConfigMaps, "shop", "settings")!.Metadata.Annotations;
}
