using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Scenarios;

/// <summary>What others do to propagated objects in a cluster, and what is made of it.</summary>
public sealed class DriftTests(string installation) : SharedFederationTest(installation)
{
    private FederatedCluster Other => Federation.Clusters[1];

    [Test]
    public async Task Propagated_DeletedInACluster_ComesBack()
    {
        var (federated, spec) = await CreateAsync();
        var before = await federated.FindAsync(Other);
        await Other.Client.DeleteAsync(WellKnown.ConfigMaps, federated.TargetKey);
        await Wait.GetAsync(
            () => federated.FindAsync(Other), found => found is not null && found.Metadata.Uid != before!.Metadata.Uid, "the config map to come back");
        await federated.IsInOrderAsync(spec, "deletion in a cluster");
    }

    [Test]
    public async Task Propagated_ChangedInACluster_IsPutRightAndForeignFieldsStay()
    {
        var (federated, spec) = await CreateAsync();
        await PatchOtherAsync(federated, "{metadata: {annotations: {theirs: kept}}, data: {mode: broken, theirs: kept}}");
        await federated.IsInOrderAsync(spec, "change in a cluster");
        var found = await federated.FindAsync(Other);
        Assert.That(found!.GetString("data", "theirs"), Is.EqualTo("kept"));
        Assert.That(found.Metadata.Annotations["theirs"], Is.EqualTo("kept"));
    }

    [Test]
    public async Task Propagated_ManagedLabelRemovedInACluster_IsPutBack()
    {
        var (federated, spec) = await CreateAsync();
        await PatchOtherAsync(federated, $"{{metadata: {{labels: {{{FederationLabels.Managed}: null}}}}}}");
        await federated.IsInOrderAsync(spec, "removal of the managed label in a cluster");
    }

    [Test]
    public async Task Template_LosesAField_ClustersLoseIt()
    {
        var (federated, spec) = await CreateAsync();
        spec = spec with { Template = Manifests.Node("data: {mode: fast}") };
        await federated.UpdateAsync(spec);
        await federated.IsInOrderAsync(spec, "removal of a field from the template");
        foreach (var cluster in Federation.Clusters)
        {
            Assert.That((await federated.FindAsync(cluster))!.GetNode("data", "limit"), Is.Null, cluster.Name);
        }
    }

    [Test]
    public async Task OptOutLabel_OnAClustersObject_LeavesItAlone()
    {
        var (federated, spec) = await CreateAsync();
        await PatchOtherAsync(federated, $"{{metadata: {{labels: {{{FederationLabels.Managed}: '{FederationLabels.ManagedFalse}'}}}}}}");
        await federated.HasStatusAsync(Other, PropagationStatus.ManagedLabelFalse);

        var changed = spec with { Template = Manifests.Node("data: {mode: fast, limit: '11'}") };
        await federated.UpdateAsync(changed);
        foreach (var cluster in Federation.Clusters.Where(c => c != Other))
        {
            await federated.IsHeldAsync(cluster, changed, "change while one cluster has opted out");
        }

        await federated.HasStatusAsync(Other, PropagationStatus.ManagedLabelFalse);
        var found = await federated.FindAsync(Other);
        Assert.That(found!.GetString("data", "limit"), Is.EqualTo("10"));
        Assert.That(found.Metadata.Labels[FederationLabels.Managed], Is.EqualTo(FederationLabels.ManagedFalse));

        await PatchOtherAsync(federated, $"{{metadata: {{labels: {{{FederationLabels.Managed}: '{FederationLabels.ManagedTrue}'}}}}}}");
        await federated.IsInOrderAsync(changed, "end of the opt-out");
    }

    [Test]
    public async Task OrphanAnnotation_FederatedObjectDeleted_ClustersKeepTheirsUnmanaged()
    {
        var (federated, _) = await CreateAsync();
        await federated.AnnotateAsync(FederationAnnotations.Orphan, "true");
        await federated.DeleteAsync();
        foreach (var cluster in Federation.Clusters)
        {
            var found = await Wait.GetAsync(
                () => federated.FindAsync(cluster),
                static found => found is null || !found.Metadata.Labels.ContainsKey(FederationLabels.Managed),
                $"the config map in {cluster} to be unmanaged");
            Assert.That(found?.GetString("data", "mode"), Is.EqualTo("slow"), cluster.Name);
        }
    }

    [Test]
    public async Task Create_ObjectIsThereAlready_IsAdopted()
    {
        var federated = await NewAsync();
        await Other.Client.CreateAsync(WellKnown.ConfigMaps, Manifests.ConfigMap(federated.Key, "{mode: other, theirs: kept}"));
        var before = await federated.FindAsync(Other);
        var spec = Spec();
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create where one cluster has the object already");
        var found = await federated.FindAsync(Other);
        Assert.That(found!.Metadata.Uid, Is.EqualTo(before!.Metadata.Uid));
        Assert.That(found.GetString("data", "theirs"), Is.EqualTo("kept"));
    }

    private FederatedSpec Spec() => new() { Template = Manifests.Node("data: {mode: slow, limit: '10'}"), Clusters = Federation.ClusterNames };

    private async Task<FederatedObjectDriver> NewAsync() => new(
        Federation,
        await Federation.GetTypeAsync("configmaps"),
        new NamespacedName(await Federation.CreateNamespaceAsync("drift"), Names.Unique("settings")));

    private async Task<(FederatedObjectDriver Federated, FederatedSpec Spec)> CreateAsync()
    {
        var federated = await NewAsync();
        var spec = Spec();
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create");
        return (federated, spec);
    }

    private Task PatchOtherAsync(FederatedObjectDriver federated, string yaml) => Other.Client.PatchAsync(
        WellKnown.ConfigMaps, federated.TargetKey, Patch.Merge(Manifests.Node(yaml)), new WriteOptions { FieldManager = "somebody" });
}
