using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.TypeConfigs;

namespace KubeFed.FederationControllerManager.Tests.TypeConfigs;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FinalizerReleaseTests
{
    private static readonly GroupVersionResource Federated = new("types.kubefed.io", "v1beta1", "federatedconfigmaps");

    private readonly FakeCluster _host = new(TimeProvider.System);

    [Test]
    public async Task Run_ManyObjects_ReleasesThemAndKeepsOthersFinalizers()
    {
        for (var i = 0; i < 1200; i++)
        {
            Put($"a{i}", FederationFinalizers.SyncController, "example.dev/other");
        }

        Put("none", "example.dev/other");
        var released = await new FinalizerRelease(_host).RunAsync(Federated, null, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(released, Is.EqualTo(1200));
            Assert.That(_host.PeekAll(Federated).Select(static o => o.Metadata.Finalizers), Has.All.EqualTo(new[] { "example.dev/other" }));
            Assert.That(_host.Reads, Has.Count.EqualTo(3), "pages of 500");
            Assert.That(_host.Writes, Has.Count.EqualTo(1200));
        });
    }

    [Test]
    public async Task Run_ObjectBeingDeleted_Goes()
    {
        Put("a", FederationFinalizers.SyncController);
        _host.Remove(Federated, new NamespacedName("ns", "a"));

        await new FinalizerRelease(_host).RunAsync(Federated, null, CancellationToken.None);
        Assert.That(_host.PeekAll(Federated), Is.Empty);
    }

    [Test]
    public async Task Run_ObjectChangesMeanwhile_IsReleasedAllTheSame()
    {
        Put("a", FederationFinalizers.SyncController);
        var refused = false;
        _host.Faults.RefuseWith((verb, _) =>
        {
            if (verb != "patch" || refused)
            {
                return null;
            }

            refused = true;
            return StatusErrors.Conflict(Federated.GroupResource, "a", "it has changed");
        });

        Assert.That(await new FinalizerRelease(_host).RunAsync(Federated, null, CancellationToken.None), Is.EqualTo(1));
        Assert.That(_host.PeekAll(Federated).Single().Metadata.Finalizers, Is.Empty);
    }

    [Test]
    public async Task Run_TypeNotServedAnyMore_HasNothingToRelease()
    {
        _host.Faults.RefuseWith((verb, _) => verb == "list" ? StatusErrors.NotFound(Federated.GroupResource, "") : null);
        Assert.That(await new FinalizerRelease(_host).RunAsync(Federated, null, CancellationToken.None), Is.Zero);
    }

    private void Put(string name, params string[] finalizers)
    {
        var value = FederatedTypes.Object("FederatedConfigMap", "ns", name, "{}");
        value["metadata"]!["finalizers"] = new JsonArray([.. finalizers.Select(static f => (JsonNode)f)]);
        _host.Put(Federated, value);
    }
}
