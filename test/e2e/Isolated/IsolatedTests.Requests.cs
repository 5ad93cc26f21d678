using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Isolated;

/// <content>What propagation costs the members, by their own count.</content>
public sealed partial class IsolatedTests
{
    private const string Ingresses = "ingresses";

    // Ingresses, which nobody else reads: neither the other tests nor, as it does ConfigMaps, kube-apiserver itself.
    [Test]
    public async Task Propagation_EachChange_CostsAMemberOneWriteAndNoRead()
    {
        var (first, second) = (Federation.Clusters[0], Federation.Clusters[1]);
        var type = await Federation.EnableAsync("ingresses.networking.k8s.io");
        var @namespace = await Federation.CreateNamespaceAsync("requests");
        var spec = new FederatedSpec { Template = Ingress("web.example.com"), Clusters = Federation.ClusterNames };

        // When one is everywhere, the clusters' objects of the new type have been listed.
        var earlier = new FederatedObjectDriver(Federation, type, new NamespacedName(@namespace, "earlier"));
        await earlier.CreateAsync(spec);
        await earlier.HasStatusAsync(first, PropagationStatus.Ok);
        await earlier.HasStatusAsync(second, PropagationStatus.Ok);
        var federated = new FederatedObjectDriver(Federation, type, new NamespacedName(@namespace, "web"));
        var (writes, reads) = (await WritesAsync(Ingresses), await ReadsAsync());

        await federated.CreateAsync(spec);
        await CostAsync("a create", 1, 1);

        spec = spec with { Template = Ingress("www.example.com") };
        await federated.UpdateAsync(spec);
        await CostAsync("a change of the template", 1, 1);

        spec = spec.WithOverride(second.Name, "/spec/rules/0/host", "other.example.com");
        await federated.UpdateAsync(spec);
        await CostAsync("an override for one cluster", 0, 1);

        await federated.UpdateAsync(spec with { Clusters = [first.Name] });
        await federated.IsReleasedAsync(second, "removal from the placement");
        await federated.DeleteAsync();
        writes = [writes[0] + 1, writes[1] + 1];
        Assert.That(await WritesAsync(Ingresses), Is.EqualTo(writes), "writes for a deletion");

        async Task CostAsync(string change, params long[] cost)
        {
            await federated.HasStatusAsync(first, PropagationStatus.Ok);
            await federated.HasStatusAsync(second, PropagationStatus.Ok);
            writes = [.. writes.Zip(cost, static (before, more) => before + more)];
            Assert.That(await WritesAsync(Ingresses), Is.EqualTo(writes), $"writes for {change}");
            Assert.That(await ReadsAsync(), Is.EqualTo(reads), $"reads for {change}");
        }
    }

    [Test]
    public async Task ForeignChange_OfAMembersObject_CostsAtMostOneWrite()
    {
        var (first, second) = (Federation.Clusters[0], Federation.Clusters[1]);
        var @namespace = await Federation.CreateNamespaceAsync("foreign");
        var spec = Spec("{mode: slow}");
        var federated = await CreateConfigMapAsync(@namespace, spec);
        var before = await WritesAsync(ConfigMaps);

        await second.Client.PatchAsync(
            WellKnown.ConfigMaps, federated.TargetKey, Patch.Merge(Manifests.Node("metadata: {annotations: {theirs: kept}}")));
        await federated.IsInOrderAsync(spec, "foreign change in a cluster");
        const int Ours = 1;
        const int Foreign = 1;
        var after = await WritesAsync(ConfigMaps);
        Assert.That(after[0], Is.EqualTo(before[0]), $"writes to {first}");
        Assert.That(after[1] - before[1], Is.InRange(Foreign, Foreign + Ours), $"writes to {second}");

        // When a later object is everywhere, an answer to our own answer would have been given too.
        await CreateConfigMapAsync(@namespace, spec);
        Assert.That(await WritesAsync(ConfigMaps), Is.EqualTo(after.Select(static w => w + 1)), "writes once all is quiet, one for the later object");
    }

    private static JsonObject Ingress(string host) => Manifests.Node(
        $"spec: {{rules: [{{host: {host}, http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}");

    private async Task<string[]> ReadsAsync() =>
    [
        .. (await Task.WhenAll(Federation.Clusters.Select(static async cluster =>
                (await RequestCounts.ReadsAsync(cluster.Cluster, Ingresses)).Select(reads => $"{cluster}: {reads}"))))
            .SelectMany(static reads => reads),
    ];
}
