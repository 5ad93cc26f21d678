using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Planning;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Planning;

public sealed class CandidatesTests
{
    private static readonly PlacementOptions Options = new(SelectAllByDefault: true, NamespacedControlPlane: false);

    private static readonly PlacementCluster[] Clusters =
    [
        new("a", StringMap.From([new("zone", "one")])), new("b", StringMap.From([new("zone", "two")])), new("c", StringMap.Empty),
    ];

    private const string Everywhere = "{}";

    [TestCase(Everywhere, Everywhere, false, "a b c")]
    [TestCase("""{"placement":{"clusters":[{"name":"a"}]}}""", Everywhere, false, "a b c")]
    [TestCase(Everywhere, """{"placement":{"clusters":[{"name":"a"},{"name":"c"}]}}""", false, "a c")]
    [TestCase(Everywhere, """{"placement":{"clusterSelector":{"matchLabels":{"zone":"one"}}}}""", false, "a")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"zone":"two"}}}}""", Everywhere, true, "b")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"zone":"two"}},"clusters":[{"name":"a"}]}}""", Everywhere, true, "b")]
    [TestCase(Everywhere, Everywhere, true, "a b c")]
    public void Find_PlacementAndNamespace_GivesTheClustersOfBoth(string spec, string @namespace, bool intersect, string expected)
    {
        var found = Find(spec, @namespace, intersect);
        Assert.That(found.Reason, Is.Null);
        Assert.That(string.Join(' ', found.Names.Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }

    [TestCase(Everywhere, """{"placement":{"clusters":[]}}""", false, SchedulingReasons.NoClusters, "the placement of the FederatedNamespace selects no cluster")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"zone":"three"}}}}""", Everywhere, true, SchedulingReasons.NoClusters, "the clusterSelector of the placement selects no cluster that holds the namespace")]
    [TestCase("""{"placement":{"clusters":7}}""", Everywhere, false, SchedulingReasons.PlacementInvalid, "spec.placement.clusters: must be a list")]
    public void Find_None_SaysWhy(string spec, string @namespace, bool intersect, string reason, string message)
    {
        var found = Find(spec, @namespace, intersect);
        Assert.That((found.Reason, found.Message), Is.EqualTo((reason, message)));
    }

    [Test]
    public void Find_NamespaceNotFederated_SaysWhatToDo()
    {
        var found = Candidates.Find(Read(Everywhere), null, Clusters, Options, intersect: false);
        Assert.That(found.Reason, Is.EqualTo(SchedulingReasons.NamespaceNotFederated));
        Assert.That(found.Message, Does.Contain("create a FederatedNamespace \"ns\""));
        Assert.That(Candidates.Find(Read(Everywhere), null, Clusters, Options with { NamespacedControlPlane = true }, intersect: false).Names, Has.Count.EqualTo(3));
    }

    private static Candidates Find(string spec, string @namespace, bool intersect) => Candidates.Find(Read(spec), Read(@namespace), Clusters, Options, intersect);

    private static FederatedObject Read(string spec) => FederatedObject.Read(Objects.Federated(spec));
}
