using KubeFed.e2e.Scenarios;

namespace KubeFed.e2e.Isolated;

/// <content>A control plane that ends and begins again.</content>
public sealed partial class IsolatedTests
{
    private const int Objects = 8;

    [Test]
    public async Task Restart_MembersInOrder_NothingIsWritten()
    {
        var @namespace = await Federation.CreateNamespaceAsync("restart");
        var spec = Spec("{mode: slow}").WithOverride(Federation.Clusters[0].Name, "/data/mode", "fast");
        var all = await Task.WhenAll(Enumerable.Range(0, Objects).Select(_ => CreateConfigMapAsync(@namespace, spec)));
        var versions = await VersionsAsync(all);
        var writes = await WritesAsync(ConfigMaps);

        Assert.That(await Federation.Manager.StopAsync(), Is.Zero, "exit code of the controller manager");
        Federation.Manager.Start();

        // Its objects are queued after those that were there at the start, so when it is everywhere those were looked at.
        var late = await CreateConfigMapAsync(@namespace, spec);
        Assert.That(await VersionsAsync(all), Is.EqualTo(versions), "versions of the objects in the members");
        Assert.That(await WritesAsync(ConfigMaps), Is.EqualTo(writes.Select(static w => w + 1)), "writes to the members, one for the late object");
        await late.IsInOrderAsync(spec, "restart");
    }

    [Test]
    public async Task Crash_ChangesMeanwhile_AreCaughtUp()
    {
        var @namespace = await Federation.CreateNamespaceAsync("crash");
        var changed = await CreateConfigMapAsync(@namespace, Spec("{mode: slow}"));
        var deleted = await CreateConfigMapAsync(@namespace, Spec("{mode: slow}"));
        var drifted = await CreateConfigMapAsync(@namespace, Spec("{mode: slow}"));

        await Federation.Manager.KillAsync();
        await changed.UpdateAsync(Spec("{mode: fast}"));
        await Federation.Host.DeleteAsync(deleted.Type.FederatedResource, deleted.Key);
        await Federation.Clusters[0].Client.DeleteAsync(WellKnown.ConfigMaps, drifted.TargetKey);
        Federation.Manager.Start();

        await changed.IsInOrderAsync(Spec("{mode: fast}"), "crash");
        await drifted.IsInOrderAsync(Spec("{mode: slow}"), "crash");
        foreach (var cluster in Federation.Clusters)
        {
            await deleted.IsReleasedAsync(cluster, "deletion while the control plane was down");
        }
    }

    private async Task<string[]> VersionsAsync(IEnumerable<FederatedObjectDriver> all)
    {
        var versions = new List<string>();
        foreach (var federated in all)
        {
            foreach (var cluster in Federation.Clusters)
            {
                versions.Add($"{cluster} {federated.Key}: {(await federated.FindAsync(cluster))?.Metadata.ResourceVersion}");
            }
        }

        return [.. versions];
    }

    private Task<long[]> WritesAsync(string resource) => Task.WhenAll(Federation.Clusters.Select(c => RequestCounts.WritesAsync(c.Cluster, resource)));
}
