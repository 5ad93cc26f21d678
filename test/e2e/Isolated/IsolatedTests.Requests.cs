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

    private Task<long[]> ReadsAsync() => Task.WhenAll(Federation.Clusters.Select(static c => RequestCounts.ReadsAsync(c.Cluster, "configmaps")));
}
