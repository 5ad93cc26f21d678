using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Json;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Versions;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Scenarios;

/// <summary>One federated object of a test: writes it, and waits until host and clusters are as they must be.</summary>
internal sealed class FederatedObjectDriver(Federation federation, FederatedType type, NamespacedName key)
{
    public FederatedType Type => type;

    public NamespacedName Key => key;

    public NamespacedName TargetKey => type.TargetKey(key);

    /// <summary>Creates it.</summary>
    public Task CreateAsync(FederatedSpec spec) => federation.Host.CreateAsync(type.FederatedResource, spec.ToObject(type, key));

    /// <summary>Gives it another spec.</summary>
    public Task UpdateAsync(FederatedSpec spec) => federation.Host.PatchAsync(
        type.FederatedResource,
        key,
        Patch.Json(new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/spec", ["value"] = spec.ToNode() })));

    /// <summary>Sets one of its annotations.</summary>
    public Task AnnotateAsync(string name, string value) => federation.Host.PatchAsync(
        type.FederatedResource,
        key,
        Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [name] = value } } }));

    /// <summary>Deletes it and waits until it is gone.</summary>
    public async Task DeleteAsync()
    {
        await federation.Host.DeleteAsync(type.FederatedResource, key);
        await IsGoneAsync();
    }

    /// <summary>Waits until it is gone from the host.</summary>
    public Task IsGoneAsync() => Wait.GetAsync(
        () => federation.Host.FindAsync(type.FederatedResource, key),
        static found => found is null,
        $"{type.FederatedKind.Kind} {key} to be gone",
        found => found is null ? "gone" : Show(found));

    /// <summary>The object in a cluster, or null.</summary>
    public Task<KubeObject?> FindAsync(FederatedCluster cluster) => cluster.Client.FindAsync(type.TargetResource, TargetKey);

    /// <summary>Waits until every placed cluster holds what it must, and status and recorded versions say so.</summary>
    public Task IsInOrderAsync(FederatedSpec spec, string step) => Wait.PassesAsync(
        async () =>
        {
            var source = await ReadAsync();
            var status = source.ReadStatus();
            Assert.That(status.ObservedGeneration, Is.EqualTo(source.Metadata.Generation), () => Show(source.Source));
            Assert.That(status.FindPropagation()?.Status, Is.EqualTo(ConditionStatus.True), () => Show(source.Source));
            Assert.That(status.Clusters.Select(c => $"{c.Name} {c.Status}"), Is.EqualTo(spec.Clusters.Select(static c => $"{c} ")), () => Show(source.Source));
            var versions = await federation.Host.GetAsync(
                type.VersionResource, type.VersionKey(key), FederationJsonContext.Default.PropagatedVersion);
            foreach (var cluster in Placed(spec))
            {
                var found = await HoldsAsync(cluster, spec);
                Assert.That(versions.Status?.Find(cluster.Name)?.Version, Is.EqualTo(ObjectVersion.Of(found.Metadata)), $"version recorded for {cluster}");
            }

            CheckSourceVersions(versions.Status, source, spec);
        },
        $"{type.TargetKind.Kind} {key} to be in order after: {step}");

    /// <summary>Waits until a cluster holds what it must, whatever the others do.</summary>
    public Task IsHeldAsync(FederatedCluster cluster, FederatedSpec spec, string step) =>
        Wait.PassesAsync(() => HoldsAsync(cluster, spec), $"{type.TargetKind.Kind} {key} in {cluster} after: {step}");

    /// <summary>Waits until a cluster does not hold it; the host's own namespace only loses its label.</summary>
    public Task IsReleasedAsync(FederatedCluster cluster, string step) => Wait.GetAsync(
        () => FindAsync(cluster),
        found => IsKeptOn(cluster) ? found is { Metadata.IsDeleting: false } && !IsManaged(found) : found is null,
        $"{type.TargetKind.Kind} {key} to leave {cluster} after: {step}",
        found => found is null ? "gone" : Show(found));

    /// <summary>Its status now.</summary>
    public async Task<FederatedStatus> ReadStatusAsync() => (await ReadAsync()).ReadStatus();

    /// <summary>Waits until a cluster's entry in the status is as wanted.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="status">The status wanted of it, <see cref="PropagationStatus.Ok"/> for all well.</param>
    /// <returns>The status of the whole object at that time.</returns>
    public async Task<FederatedStatus> HasStatusAsync(FederatedCluster cluster, string status)
    {
        var source = await Wait.GetAsync(
            ReadAsync,
            o => o.ReadStatus().ObservedGeneration == o.Metadata.Generation
                && o.ReadStatus().Clusters.Any(c => c.Name == cluster.Name && (c.Status ?? "") == status),
            $"{type.FederatedKind.Kind} {key} to say of {cluster}: \"{status}\"",
            o => Show(o.Source));
        return source.ReadStatus();
    }

    private static bool IsManaged(KubeObject found) => found.Metadata.Labels.ContainsKey(FederationLabels.Managed);

    private static string Show(KubeObject found)
    {
        var node = found.ToNode();
        node["metadata"]?.AsObject().Remove("managedFields");
        return node.ToJsonString();
    }

    private async Task<FederatedObject> ReadAsync() => FederatedObject.Read(await federation.Host.GetAsync(type.FederatedResource, key));

    private IEnumerable<FederatedCluster> Placed(FederatedSpec spec) => federation.Clusters.Where(c => spec.Clusters.Contains(c.Name));

    private bool IsKeptOn(FederatedCluster cluster) => cluster.IsHost && type.TargetResource == WellKnown.Namespaces;

    private async Task<KubeObject> HoldsAsync(FederatedCluster cluster, FederatedSpec spec)
    {
        var found = await FindAsync(cluster);
        Assert.That(found, Is.Not.Null, $"the object in {cluster}");
        Assert.That(found!.Metadata.Labels[FederationLabels.Managed], Is.EqualTo(FederationLabels.ManagedTrue), $"managed label in {cluster}");
        Assert.That(JsonPart.Mismatch(spec.Expected(cluster.Name), found.ToNode()), Is.Null, $"content in {cluster}");
        return found;
    }

    private static void CheckSourceVersions(PropagatedVersionStatus? versions, FederatedObject source, FederatedSpec spec)
    {
        Assert.That(versions?.TemplateVersion, Is.EqualTo(SourceVersions.OfTemplate(source)), "version recorded of the template");
        Assert.That(versions?.OverridesVersion, Is.EqualTo(SourceVersions.OfOverrides(source)), "version recorded of the overrides");
        Assert.That(versions?.ClusterVersions.Select(static v => v.ClusterName), Is.EqualTo(spec.Clusters), "clusters with recorded versions");
    }
}
