using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationCore.Placements;
using KubeFed.FederationCore.Versions;

namespace KubeFed.FederationCore.Tests.Versions;

public sealed class PropagatedVersionsTests
{
    private static readonly PlacementDecision Everywhere =
        PlacementResolver.Resolve(Federated.Of("{}"), Federated.Clusters, new PlacementOptions(true, false));

    private static readonly PlacementDecision FirstOnly = PlacementResolver.Resolve(
        Federated.Of("""{"placement":{"clusters":[{"name":"c1"}]}}"""), Federated.Clusters, new PlacementOptions(true, false));

    private static ClusterObjectVersion Entry(string cluster, string version, string? hash = "h") =>
        new() { ClusterName = cluster, Version = version, AppliedHash = hash };

    private static PropagatedVersionStatus Old => new()
    {
        TemplateVersion = "t",
        OverridesVersion = "o",
        ClusterVersions = [Entry("c1", "gen:1"), Entry("c2", "gen:1", hash: null)],
    };

    [Test]
    public void Merge_NothingWritten_ChangesNothing()
    {
        var merged = PropagatedVersions.Merge(Old, "t", "o", [], Everywhere, _ => false, out var changed);
        Assert.That(changed, Is.False);
        Assert.That(merged.ClusterVersions, Is.EqualTo(Old.ClusterVersions));
    }

    [Test]
    public void Merge_Written_ReplacesAndSorts()
    {
        var merged = PropagatedVersions.Merge(Old, "t", "o", [Entry("c3", "rv:9"), Entry("c1", "gen:2")], Everywhere, _ => false, out var changed);
        Assert.That(changed);
        Assert.That(merged.ClusterVersions.Select(v => $"{v.ClusterName}={v.Version}"), Is.EqualTo(["c1=gen:2", "c2=gen:1", "c3=rv:9"]));
    }

    [Test]
    public void Merge_OtherSources_KeepsOnlyEntriesWithTheirOwnHash()
    {
        var merged = PropagatedVersions.Merge(Old, "t2", "o", [], Everywhere, _ => false, out var changed);
        Assert.That(changed);
        Assert.That(merged.ClusterVersions.Select(v => v.ClusterName), Is.EqualTo(["c1"]));
        Assert.That(merged.TemplateVersion, Is.EqualTo("t2"));
    }

    [Test]
    public void Merge_ClusterNoLongerSelected_DropsItsEntry()
    {
        var merged = PropagatedVersions.Merge(Old, "t", "o", [], FirstOnly, _ => false, out var changed);
        Assert.That(changed);
        Assert.That(merged.ClusterVersions.Select(v => v.ClusterName), Is.EqualTo(["c1"]));
    }

    [Test]
    public void Merge_NoRecord_MakesOne()
    {
        var merged = PropagatedVersions.Merge(null, "t", "o", [Entry("c1", "gen:1")], Everywhere, _ => false, out var changed);
        Assert.That(changed);
        Assert.That(merged.Find("c1")!.Version, Is.EqualTo("gen:1"));
    }
}
