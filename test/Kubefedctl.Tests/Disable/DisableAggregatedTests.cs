using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;

namespace KubeFed.Kubefedctl.Tests.Disable;

/// <summary>Hosts with the federation's own API server behind theirs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DisableAggregatedTests
{
    private const string Namespace = FakeFederation.Namespace;
    private const string Type = "federateddeployments.types.kubefed.io";
    private const string Config = $"{Namespace}/deployments.apps";

    [TestCase(false)]
    [TestCase(true)]
    public async Task Disable_TypeServedBehindTheHost_DeletesTheConfigAlone(bool deleteCrd)
    {
        var federation = await EnabledAsync();
        var definitions = federation.Host.All(KubeResources.CustomResourceDefinitions).Count();

        Assert.That(await federation.RunAsync(deleteCrd ? ["disable", "deployments", "--delete-crd"] : ["disable", "deployments"]), Is.Zero, federation.Error);

        Assert.That(
            federation.Out,
            Is.EqualTo($"""
                Disabled propagation for FederatedTypeConfig "{Config}"
                Verifying propagation controller is stopped for FederatedTypeConfig "{Config}"
                Propagation controller for FederatedTypeConfig "{Config}" is stopped
                federatedtypeconfig "{Config}" deleted
                {Type} served no more

                """));
        Assert.That(federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps"), Is.Null);
        Assert.That(federation.Host.All(KubeResources.CustomResourceDefinitions).Count(), Is.EqualTo(definitions));
    }

    [Test]
    public async Task Disable_DeleteCrdWithObjects_IsRefusedBeforeAnything()
    {
        var federation = await EnabledAsync();
        federation.Host.Put(
            new GroupVersionResource("types.kubefed.io", "v1beta1", "federateddeployments"),
            """{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedDeployment","metadata":{"name":"web","namespace":"shop"}}""");

        Assert.That(await federation.RunAsync("disable", "deployments", "--delete-crd"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.Contain($"still has objects of {Type}, for example \"shop/web\""));
        Assert.That(federation.Host.Find(FederationResources.FederatedTypeConfigs, Namespace, "deployments.apps")!.GetString("spec", "propagation"), Is.EqualTo("Enabled"));
    }

    [Test]
    public async Task Disable_DefinitionOfEarlierTimes_IsLeftAlone()
    {
        var federation = await EnabledAsync();
        federation.Host.Put(
            KubeResources.CustomResourceDefinitions,
            $$$"""{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{Type}}}"} }""");

        Assert.That(await federation.RunAsync("disable", "deployments", "--delete-crd"), Is.Zero, federation.Error);

        Assert.That(federation.Host.Find(KubeResources.CustomResourceDefinitions, "", Type), Is.Not.Null);
    }

    private static async Task<FakeFederation> EnabledAsync()
    {
        var federation = new FakeFederation();
        federation.Aggregate(FederationGroups.Types);
        Assert.That(await federation.RunAsync("enable", "deployments"), Is.Zero, federation.Error);
        return federation;
    }
}
