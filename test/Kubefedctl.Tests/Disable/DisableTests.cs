using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Disable;

[Parallelizable(ParallelScope.All)]
public sealed class DisableTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string Crd = "federateddeployments.types.kubefed.io";
    private const string Config = $"{Namespace}/deployments.apps";

    [Test]
    public async Task Disable_EnabledType_StopsItAndKeepsTheDefinition()
    {
        var federation = await EnabledAsync();

        Assert.That(await federation.RunAsync("disable", "deployments"), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                Disabled propagation for FederatedTypeConfig "{Config}"
                Verifying propagation controller is stopped for FederatedTypeConfig "{Config}"
                Propagation controller for FederatedTypeConfig "{Config}" is stopped
                federatedtypeconfig "{Config}" deleted

                """));
        Assert.That(federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps"), Is.Null);
        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Not.Null);
    }

    [Test]
    public async Task Disable_DeleteCrd_DeletesIt()
    {
        var federation = await EnabledAsync();

        Assert.That(await federation.RunAsync("disable", "deployments.apps", "--delete-crd"), Is.Zero, federation.Error);

        Assert.That(federation.Out, Does.Contain($"customresourcedefinition \"{Crd}\" deleted"));
        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Crd), Is.Null);
    }

    [Test]
    public async Task Disable_DeleteCrdWithInstances_IsRefusedBeforeAnything()
    {
        var federation = await EnabledAsync();
        federation.Host.Put(
            new GroupVersionResource("types.kubefed.io", "v1beta1", "federateddeployments"),
            """{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedDeployment","metadata":{"name":"web","namespace":"shop"}}""");

        Assert.That(await federation.RunAsync("disable", "deployments", "--delete-crd"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"still has objects of {Crd}, for example \"shop/web\""));
        var config = federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps")!;
        Assert.That(config.GetString("spec", "propagation"), Is.EqualTo("Enabled"));
    }

    [Test]
    public async Task Disable_NotEnabled_SaysSoAndGoesOn()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("disable", "deployments", "--delete-crd"), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                FederatedTypeConfig "{Config}" does not exist
                customresourcedefinition "{Crd}" does not exist

                """));
    }

    [Test]
    public async Task Disable_DryRun_SaysWhatItWouldDoAndDoesNot()
    {
        var federation = await EnabledAsync();
        var before = federation.Host.Names;

        Assert.That(await federation.RunAsync("disable", "deployments", "--delete-crd", "--dry-run"), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                Disabled propagation for FederatedTypeConfig "{Config}" (dry run)
                customresourcedefinition "{Crd}" deleted (dry run)
                federatedtypeconfig "{Config}" deleted (dry run)

                """));
        Assert.That(federation.Host.Names, Is.EqualTo(before));
        var config = federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps")!;
        Assert.That(config.GetString("spec", "propagation"), Is.EqualTo("Enabled"));
    }

    [Test]
    public async Task Disable_ControllerKeepsRunning_FailsWithinItsBoundAndKeepsTheConfig()
    {
        var federation = await EnabledAsync();
        var key = new NamespacedName(Namespace, "deployments.apps");
        var config = federation.Host.Find(FederationResources.FederatedTypeConfigs, key.Namespace, key.Name)!.ToNode();
        config["status"] = System.Text.Json.Nodes.JsonNode.Parse("""{"observedGeneration":1,"propagationController":"Running"}""");
        federation.Host.Put(FederationResources.FederatedTypeConfigs, config.ToJsonString());

        Assert.That(await federation.RunAsync("disable", "deployments"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain("did not report within 10 s that it stopped; check that the controller manager runs"));
        Assert.That(federation.Host.Find(FederationResources.FederatedTypeConfigs, key.Namespace, key.Name), Is.Not.Null);
    }

    [Test]
    public async Task Disable_TargetNoLongerServed_WorksByTheConfigsName()
    {
        var federation = await EnabledAsync();
        federation.Mapper.Resources.RemoveAll(r => r.Resource.Resource == "deployments");

        Assert.That(await federation.RunAsync("disable", "deployments.apps"), Is.Zero, federation.Error);
    }

    private static async Task<FakeFederation> EnabledAsync()
    {
        var federation = new FakeFederation();
        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);
        return federation;
    }
}
