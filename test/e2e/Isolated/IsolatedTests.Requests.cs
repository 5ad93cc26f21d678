using KubeFed.ApiMachinery.Meta;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Isolated;

/// <content>What propagation costs the members, by their own count.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task Propagation_EachChange_CostsAMemberOneWriteAndNoRead()
    {
        var (first, second) = (Federation.Clusters[0], Federation.Clusters[1]);
        var federated = await NewConfigMapAsync(await Federation.CreateNamespaceAsync("requests"));
        var (writes, reads) = (await WritesAsync(), await ReadsAsync());

        var spec = Spec("{mode: slow}");
        await federated.CreateAsync(spec);
        await CostAsync("a create", 1, 1);

        spec = spec with { Template = Manifests.Node("data: {mode: fast}") };
        await federated.UpdateAsync(spec);
        await CostAsync("a change of the template", 1, 1);

        spec = spec.WithOverride(second.Name, "/data/mode", "other");
        await federated.UpdateAsync(spec);
        await CostAsync("an override for one cluster", 0, 1);

        await federated.UpdateAsync(spec with { Clusters = [first.Name] });
        await federated.IsReleasedAsync(second, "removal from the placement");
        await federated.DeleteAsync();
        writes = [writes[0] + 1, writes[1] + 1];
        Assert.That(await WritesAsync(), Is.EqualTo(writes), "writes for a deletion");

        async Task CostAsync(string change, params long[] cost)
        {
            await federated.HasStatusAsync(first, PropagationStatus.Ok);
            await federated.HasStatusAsync(second, PropagationStatus.Ok);
            writes = [.. writes.Zip(cost, static (before, more) => before + more)];
            Assert.That(await WritesAsync(), Is.EqualTo(writes), $"writes for {change}");
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
        var before = await WritesAsync();

        await second.Client.PatchAsync(
            WellKnown.ConfigMaps, federated.TargetKey, Patch.Merge(Manifests.Node("metadata: {annotations: {theirs: kept}}")));
        await federated.IsInOrderAsync(spec, "foreign change in a cluster");
        const int Ours = 1;
        const int Foreign = 1;
        var after = await WritesAsync();
        Assert.That(after[0], Is.EqualTo(before[0]), $"writes to {first}");
        Assert.That(after[1] - before[1], Is.InRange(Foreign, Foreign + Ours), $"writes to {second}");

        // When a later object is everywhere, an answer to our own answer would have been given too.
        await CreateConfigMapAsync(@namespace, spec);
        Assert.That(await WritesAsync(), Is.EqualTo(after.Select(static w => w + 1)), "writes once all is quiet, one for the later object");
    }

    private Task<long[]> ReadsAsync() => Task.WhenAll(Federation.Clusters.Select(static c => RequestCounts.ReadsAsync(c.Cluster, "configmaps")));
}
