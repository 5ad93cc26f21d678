using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Scheduling.Application;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Application;

/// <summary>What the scheduler applies. The server's part, who owns what, is played by merging by key.</summary>
public sealed class ScheduleOverlayTests
{
    private const string Path = "/spec/replicas";

    [Test]
    public void Apply_NothingThere_SetsPlacementAndNumbersOnly()
    {
        var configuration = Apply("""{"template":{"spec":{}}}""", ("a", 6), ("b", 3))!;
        Assert.Multiple(() =>
        {
            Assert.That(configuration["spec"]!.ToJsonString(), Is.EqualTo(
                """{"placement":{"clusters":[{"name":"a"},{"name":"b"}]},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":6}]},{"clusterName":"b","clusterOverrides":[{"path":"/spec/replicas","value":3}]}]}"""));
            Assert.That(configuration["metadata"]!["uid"]!.GetValue<string>(), Is.EqualTo("f1"));
            Assert.That(configuration["metadata"]!["resourceVersion"]!.GetValue<string>(), Is.EqualTo("1"));
        });
    }

    [Test]
    public void Apply_InForce_IsNull()
    {
        var applied = Merge(Federated("""{"template":{"spec":{}}}"""), Apply("""{"template":{"spec":{}}}""", ("a", 6))!);
        Assert.That(ScheduleOverlay.Apply(applied, Schedule(("a", 6))), Is.Null);
        Assert.That(ScheduleOverlay.Apply(applied, Schedule(("a", 5))), Is.Not.Null);
    }

    [TestCase("""{"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":7}]}]}""")]
    [TestCase("""{"overrides":[]}""")]
    [TestCase("""{"placement":{"clusters":[]}}""")]
    public void Apply_ChangedByOthers_IsAppliedAnew(string change)
    {
        const string Spec = """{"template":{"spec":{}}}""";
        var node = Merge(Federated(Spec), Apply(Spec, ("a", 6))!).Source.ToNode();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            node["spec"]![name] = value!.DeepClone();
        }

        Assert.That(ScheduleOverlay.Apply(FederatedObject.Read(KubeObject.FromNode(node)), Schedule(("a", 6))), Is.Not.Null);
    }

    [Test]
    public void Apply_UsersOverrideOfTheSamePath_IsKeptForTheRelease()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":2},{"path":"/spec/paused","value":true}]}]}""";
        var first = Merge(Federated(Spec), Apply(Spec, ("a", 6))!);
        var second = Merge(first, Parse(ScheduleOverlay.Apply(first, Schedule(("a", 5))))!);
        Assert.That(Number(second, "a"), Is.EqualTo(5));

        var (configuration, restores) = ScheduleOverlay.Release(second);
        Assert.Multiple(() =>
        {
            Assert.That(restores);
            Assert.That(Parse(configuration)!["spec"]!.ToJsonString(), Is.EqualTo(
                """{"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}"""));
            Assert.That(Parse(configuration)!["metadata"]!["annotations"]!.AsObject().Select(static a => a.Key), Is.EqualTo([FederationAnnotations.ReplicaScheduler]));
        });
    }

    [Test]
    public void Release_RestoredButNotDisowned_IsDoneAgain()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}""";
        var applied = Merge(Federated(Spec), Apply(Spec, ("a", 6))!);
        var (configuration, _) = ScheduleOverlay.Release(applied);
        var restored = Merge(applied, Parse(configuration)!);
        Assert.That(Number(restored, "a"), Is.EqualTo(2));

        var again = ScheduleOverlay.Release(restored);
        Assert.Multiple(() =>
        {
            Assert.That(again.Restores);
            Assert.That(Parse(again.Configuration)!["spec"]!.ToJsonString(), Is.EqualTo(Parse(configuration)!["spec"]!.ToJsonString()));
        });
    }

    [Test]
    public void Apply_UsersRemovalOfTheField_IsReplacedAndGivenBack()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"op":"remove","path":"/spec/replicas"}]}]}""";
        var applied = Merge(Federated(Spec), Apply(Spec, ("a", 6))!);
        Assert.That(applied.Overrides[0].Operations[0].Op, Is.EqualTo("replace"));
        Assert.That(ScheduleOverlay.Apply(applied, Schedule(("a", 6))), Is.Null);
        Assert.That(Parse(ScheduleOverlay.Release(applied).Configuration)!["spec"]!["overrides"]![0]!["clusterOverrides"]![0]!.ToJsonString(), Is.EqualTo(
            """{"path":"/spec/replicas","op":"remove"}"""));
    }

    [Test]
    public void Apply_UserChangesTheNumberMeanwhile_TheNewOneIsGivenBack()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}""";
        var node = Merge(Federated(Spec), Apply(Spec, ("a", 6))!).Source.ToNode();
        node["spec"]!["overrides"]![0]!["clusterOverrides"]![0]!["value"] = 9;
        var changed = FederatedObject.Read(KubeObject.FromNode(node));

        var applied = Merge(changed, Parse(ScheduleOverlay.Apply(changed, Schedule(("a", 6))))!);
        Assert.That(Number(applied, "a"), Is.EqualTo(6));
        Assert.That(
            Parse(ScheduleOverlay.Release(applied).Configuration)!["spec"]!["overrides"]![0]!["clusterOverrides"]![0]!["value"]!.GetValue<int>(), Is.EqualTo(9));
    }

    [Test]
    public void Apply_ClusterLeavesTheSchedule_ItsUserGetsTheNumberBackAtOnce()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"b","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}""";
        var both = Merge(Federated(Spec), Apply(Spec, ("a", 3), ("b", 3))!);
        var one = Merge(both, Parse(ScheduleOverlay.Apply(both, Schedule(("a", 6))))!);
        Assert.That(Number(one, "b"), Is.EqualTo(2));
        Assert.That(ScheduleOverlay.Apply(one, Schedule(("a", 6))), Is.Null, "in force");

        var again = Merge(one, Parse(ScheduleOverlay.Apply(one, Schedule(("a", 3), ("b", 3))))!);
        Assert.That(Number(again, "b"), Is.EqualTo(3));
        Assert.That(AppliedSchedule.Read(again)!.FindReplaced("b", Path)!.Value!.Value.GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void Release_NothingReplaced_IsTheIdentityAlone()
    {
        const string Spec = """{"template":{"spec":{}}}""";
        var (configuration, restores) = ScheduleOverlay.Release(Merge(Federated(Spec), Apply(Spec, ("a", 6))!));
        Assert.That(restores, Is.False);
        Assert.That(Parse(configuration)!.Select(static m => m.Key), Is.EqualTo(["apiVersion", "kind", "metadata"]));
    }

    [Test]
    public void Release_UserChangedTheNumberLast_LeavesIt()
    {
        const string Spec = """{"template":{"spec":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/replicas","value":2}]}]}""";
        var node = Merge(Federated(Spec), Apply(Spec, ("a", 6))!).Source.ToNode();
        node["spec"]!["overrides"]![0]!["clusterOverrides"]![0]!["value"] = 9;
        Assert.That(ScheduleOverlay.Release(FederatedObject.Read(KubeObject.FromNode(node))).Restores, Is.False);
    }

    [Test]
    public void Read_MalformedRecord_CountsAsOneOfNothing()
    {
        var node = Federated("{}").Source.ToNode();
        node["metadata"]!["annotations"] = new JsonObject { [FederationAnnotations.ReplicaScheduler] = "{" };
        Assert.That(AppliedSchedule.Read(FederatedObject.Read(KubeObject.FromNode(node)))!.Clusters, Is.Empty);
    }

    private static FederatedObject Federated(string spec) => FederatedObject.Read(Objects.Federated(spec));

    private static JsonObject? Apply(string spec, params (string Cluster, long Replicas)[] clusters) =>
        Parse(ScheduleOverlay.Apply(Federated(spec), Schedule(clusters)));

    private static Schedule Schedule(params (string Cluster, long Replicas)[] clusters) => new(
        clusters.Select(static c => c.Cluster).ToHashSet(),
        clusters.ToDictionary(static c => c.Cluster, static c => (IReadOnlyDictionary<string, long>)new Dictionary<string, long> { [Path] = c.Replicas }));

    private static JsonObject? Parse(byte[]? json) => json is null ? null : JsonNode.Parse(json)!.AsObject();

    private static long Number(FederatedObject source, string cluster) =>
        JsonNode.Parse(source.Overrides.Single(o => o.ClusterName == cluster).Operations.Single(o => o.Path == Path).Value!.Value.Span)!.GetValue<long>();

    /// <summary>The object after an apply of a configuration, as far as fields are added or replaced.</summary>
    private static FederatedObject Merge(FederatedObject source, JsonObject configuration)
    {
        var node = source.Source.ToNode();
        MergeInto(node, configuration);
        return FederatedObject.Read(KubeObject.FromNode(node));
    }

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case JsonObject inner when target[name] is JsonObject present:
                    MergeInto(present, inner);
                    break;
                case JsonArray items when target[name] is JsonArray present:
                    MergeItems(present, items);
                    break;
                default:
                    target[name] = value!.DeepClone();
                    break;
            }
        }
    }

    private static void MergeItems(JsonArray target, JsonArray items)
    {
        foreach (var item in items.OfType<JsonObject>())
        {
            var key = new[] { "clusterName", "path", "name" }.First(item.ContainsKey);
            if (target.OfType<JsonObject>().FirstOrDefault(t => (string?)t[key] == (string?)item[key]) is { } present)
            {
                MergeInto(present, item);
            }
            else
            {
                target.Add(item.DeepClone());
            }
        }
    }
}
