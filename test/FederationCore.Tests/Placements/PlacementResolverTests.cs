using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationCore.Tests.Placements;

public sealed class PlacementResolverTests
{
    private static readonly PlacementOptions Ours = new(SelectAllByDefault: true, NamespacedControlPlane: false);
    private static readonly PlacementOptions KubeFeds = new(SelectAllByDefault: false, NamespacedControlPlane: false);

    [TestCase("{}", "c1,c2,c3", "")]
    [TestCase("""{"placement":null}""", "c1,c2,c3", "")]
    [TestCase("""{"placement":{}}""", "c1,c2,c3", "")]
    [TestCase("""{"placement":{"clusters":null}}""", "c1,c2,c3", "")]
    [TestCase("""{"placement":{"clusterSelector":{}}}""", "c1,c2,c3", "c1,c2,c3")]
    [TestCase("""{"placement":{"clusters":null,"clusterSelector":{"matchLabels":{}}}}""", "c1,c2,c3", "c1,c2,c3")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"region":"eu"}}}}""", "c1,c2", "c1,c2")]
    [TestCase("""{"placement":{"clusterSelector":{"matchExpressions":[{"key":"tier","operator":"Exists"}]}}}""", "c1", "c1")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"region":"eu"},"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}}}""", "c2", "c2")]
    [TestCase("""{"placement":{"clusterSelector":{"matchExpressions":[{"key":"region","operator":"NotIn","values":["eu"]}]}}}""", "c3", "c3")]
    [TestCase("""{"placement":{"clusters":[]}}""", "", "")]
    [TestCase("""{"placement":{"clusters":[],"clusterSelector":{}}}""", "", "")]
    [TestCase("""{"placement":{"clusters":[],"clusterSelector":{"matchLabels":{"region":"eu"}}}}""", "", "")]
    [TestCase("""{"placement":{"clusters":[{"name":"c3"},{"name":"c1"}]}}""", "c1,c3", "c1,c3")]
    [TestCase("""{"placement":{"clusters":[{"name":"c3"}],"clusterSelector":{}}}""", "c3", "c3")]
    [TestCase("""{"placement":{"clusters":[{"name":"c1"},{"name":"c1"},{"name":"gone"}]}}""", "c1", "c1")]
    public void Resolve_TruthTable_SelectsAsSpecified(string spec, string ours, string kubeFeds)
    {
        var source = Federated.Of(spec);
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(',', PlacementResolver.Resolve(source, Federated.Clusters, Ours).Clusters), Is.EqualTo(ours));
            Assert.That(string.Join(',', PlacementResolver.Resolve(source, Federated.Clusters, KubeFeds).Clusters), Is.EqualTo(kubeFeds));
        });
    }

    [Test]
    public void Resolve_NoSpec_FollowsDefault()
    {
        Assert.That(PlacementResolver.Resolve(Federated.WithoutSpec(), Federated.Clusters, Ours).Clusters, Has.Count.EqualTo(3));
        Assert.That(PlacementResolver.Resolve(Federated.WithoutSpec(), Federated.Clusters, KubeFeds).Clusters, Is.Empty);
    }

    [TestCase("""{"placement":{"clusterSelector":{"matchExpressions":[{"key":"a","operator":"Near"}]}}}""", "spec.placement.clusterSelector")]
    [TestCase("""{"placement":{"clusterSelector":{"matchExpressions":[{"key":"a","operator":"In"}]}}}""", "spec.placement.clusterSelector")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"a b":"c"}}}}""", "spec.placement.clusterSelector")]
    [TestCase("""{"placement":{"clusterSelector":{"matchLabels":{"a":1}}}}""", "spec.placement.clusterSelector.matchLabels[a]: must be a string")]
    [TestCase("""{"placement":{"clusterSelector":7}}""", "spec.placement.clusterSelector: must be an object")]
    [TestCase("""{"placement":{"clusters":{"name":"c1"}}}""", "spec.placement.clusters: must be a list")]
    [TestCase("""{"placement":{"clusters":["c1"]}}""", "spec.placement.clusters[0]: must be an object")]
    [TestCase("""{"placement":{"clusters":[{"name":"c1"},{}]}}""", "spec.placement.clusters[1].name: is required")]
    [TestCase("""{"placement":[]}""", "spec.placement: must be an object")]
    public void Resolve_Malformed_FailsWithFieldPath(string spec, string error)
    {
        var decision = PlacementResolver.Resolve(Federated.Of(spec), Federated.Clusters, Ours);
        Assert.Multiple(() =>
        {
            Assert.That(decision.IsFailed);
            Assert.That(decision.Error, Does.StartWith(error));
            Assert.That(decision.Reason, Is.EqualTo(PropagationReasons.ComputePlacementFailed));
            Assert.That(decision.Clusters, Is.Empty);
        });
    }

    [TestCase("{}", "{}", "c1,c2,c3")]
    [TestCase("{}", """{"placement":{"clusters":[{"name":"c2"}]}}""", "c2")]
    [TestCase("""{"placement":{"clusters":[{"name":"c1"}]}}""", """{"placement":{"clusters":[{"name":"c2"}]}}""", "")]
    [TestCase("""{"placement":{"clusters":[{"name":"c1"},{"name":"c2"}]}}""", """{"placement":{"clusterSelector":{"matchLabels":{"region":"eu"}}}}""", "c1,c2")]
    public void ResolveInNamespace_FederatedNamespace_Restricts(string own, string gate, string expected)
    {
        var decision = PlacementResolver.ResolveInNamespace(
            Federated.Of(own), Federated.Of(gate, "FederatedNamespace", "shop"), Federated.Clusters, Ours);
        Assert.That(string.Join(',', decision.Clusters), Is.EqualTo(expected));
        Assert.That(decision.Reason, Is.EqualTo(PropagationReasons.Success));
    }

    [Test]
    public void ResolveInNamespace_NoFederatedNamespace_SelectsNothingAndSaysWhy()
    {
        var decision = PlacementResolver.ResolveInNamespace(Federated.Of("{}"), null, Federated.Clusters, Ours);
        Assert.That(decision.Clusters, Is.Empty);
        Assert.That(decision.Reason, Is.EqualTo(PropagationReasons.NamespaceNotFederated));
        Assert.That(decision.IsFailed, Is.False);
    }

    [Test]
    public void ResolveInNamespace_NamespacedControlPlane_KeepsOwnPlacementWithoutFederatedNamespace()
    {
        var options = Ours with { NamespacedControlPlane = true };
        var source = Federated.Of("""{"placement":{"clusters":[{"name":"c2"}]}}""");
        Assert.That(PlacementResolver.ResolveInNamespace(source, null, Federated.Clusters, options).Clusters, Is.EqualTo(["c2"]));
    }

    [Test]
    public void ResolveInNamespace_MalformedFederatedNamespace_Fails()
    {
        var gate = Federated.Of("""{"placement":7}""", "FederatedNamespace", "shop");
        var decision = PlacementResolver.ResolveInNamespace(Federated.Of("{}"), gate, Federated.Clusters, Ours);
        Assert.That(decision.Error, Does.Contain("FederatedNamespace \"shop\"").And.Contain("spec.placement"));
    }

    [FsCheck.NUnit.Property]
    public bool ResolveInNamespace_AnyLists_IsSortedIntersection(FsCheck.NonNull<string>[] own, FsCheck.NonNull<string>[] gate, FsCheck.NonNull<string>[] names)
    {
        var clusters = names.Select(n => new PlacementCluster(n.Get, ApiMachinery.Objects.StringMap.Empty)).ToArray();
        var left = PlacementResolver.Resolve(new Placement { Clusters = [.. own.Select(n => n.Get)] }, clusters, Ours).Clusters;
        var both = PlacementResolver.ResolveInNamespace(
            Federated.Of(Spec(own)), Federated.Of(Spec(gate)), clusters, Ours);
        var expected = own.Select(n => n.Get).Intersect(gate.Select(n => n.Get)).Intersect(names.Select(n => n.Get))
            .Order(StringComparer.Ordinal).ToArray();
        return left.SequenceEqual(left.Order(StringComparer.Ordinal).Distinct())
            && both.Clusters.SequenceEqual(expected)
            && names.All(n => both.Selects(n.Get) == expected.Contains(n.Get));
    }

    private static string Spec(FsCheck.NonNull<string>[] names)
    {
        var clusters = new System.Text.Json.Nodes.JsonArray([.. names.Select(n => new System.Text.Json.Nodes.JsonObject { ["name"] = n.Get })]);
        return new System.Text.Json.Nodes.JsonObject { ["placement"] = new System.Text.Json.Nodes.JsonObject { ["clusters"] = clusters } }.ToJsonString();
    }
}
