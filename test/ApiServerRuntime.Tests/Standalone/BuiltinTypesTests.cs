using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Standalone;
using KubeFed.ApiServerRuntime.Tables;

namespace KubeFed.ApiServerRuntime.Tests.Standalone;

public sealed class BuiltinTypesTests
{
    [TestCase("", "namespaces")]
    [TestCase("", "configmaps")]
    [TestCase("", "secrets")]
    [TestCase("", "serviceaccounts")]
    [TestCase("", "events")]
    [TestCase("events.k8s.io", "events")]
    [TestCase("coordination.k8s.io", "leases")]
    [TestCase("rbac.authorization.k8s.io", "roles")]
    [TestCase("rbac.authorization.k8s.io", "rolebindings")]
    [TestCase("rbac.authorization.k8s.io", "clusterroles")]
    [TestCase("rbac.authorization.k8s.io", "clusterrolebindings")]
    [TestCase("apiextensions.k8s.io", "customresourcedefinitions")]
    [TestCase("authorization.k8s.io", "selfsubjectaccessreviews")]
    public void All_EveryTypeOfACluster_IsThere(string group, string plural) =>
        Assert.That(BuiltinTypes.Get(group, plural).Versions, Has.Count.EqualTo(1));

    [Test]
    public void Get_Events_LiveAnHourAndHaveTheirNameLast()
    {
        var events = BuiltinTypes.Get(string.Empty, "events");

        Assert.That(events.TimeToLive, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(events.Versions[0].PrinterColumns[0].Name, Is.EqualTo("Last Seen"));
        Assert.That(System.Text.Encoding.UTF8.GetString(TableLayout.Of(events.Versions[0]).Columns), Does.StartWith("[{\"name\":\"Last Seen\""));
    }

    [Test]
    public void Get_ConfigMap_TakesStrategicMergePatches() =>
        Assert.That(BuiltinTypes.Get(string.Empty, "configmaps").StrategicMergePatch, Is.True);

    [Test]
    public async Task Create_Namespace_HasFinalizerPhaseAndLabel()
    {
        await using var fixture = new StandaloneFixture();

        var made = await fixture.CreateAsync(StandaloneFixture.Namespaces, "team");

        Assert.That(made.GetNode("spec", "finalizers")!.ToJsonString(), Is.EqualTo("[\"kubernetes\"]"));
        Assert.That(made.GetString("status", "phase"), Is.EqualTo("Active"));
        Assert.That(made.Metadata.Labels["kubernetes.io/metadata.name"], Is.EqualTo("team"));
    }

    [Test]
    public async Task Update_NamespaceWithoutFinalizers_KeepsThem()
    {
        await using var fixture = new StandaloneFixture();
        var root = (await fixture.CreateAsync(StandaloneFixture.Namespaces, "team")).ToNode();
        root.Remove("spec");

        var updated = await fixture.Client.UpdateAsync(StandaloneFixture.Namespaces, root, CancellationToken.None);

        Assert.That(updated.GetNode("spec", "finalizers")!.ToJsonString(), Is.EqualTo("[\"kubernetes\"]"));
    }

    [Test]
    public async Task Delete_Namespace_StaysUntilFinalized()
    {
        await using var fixture = new StandaloneFixture();
        await fixture.CreateAsync(StandaloneFixture.Namespaces, "team");

        await fixture.DeleteAsync(StandaloneFixture.Namespaces, "team", PropagationPolicy.Background);

        var held = await fixture.FindAsync(StandaloneFixture.Namespaces, "team");
        Assert.That(held!.GetString("status", "phase"), Is.EqualTo("Terminating"));
        var root = held.ToNode();
        root["spec"]!.AsObject().Remove("finalizers");
        await fixture.Client.UpdateAsync(StandaloneFixture.Namespaces, root, CancellationToken.None, "finalize");
        Assert.That(await fixture.FindAsync(StandaloneFixture.Namespaces, "team"), Is.Null);
    }
}
