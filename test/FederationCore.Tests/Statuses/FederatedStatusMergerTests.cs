using System.Text.Json;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Statuses;

namespace KubeFed.FederationCore.Tests.Statuses;

public sealed class FederatedStatusMergerTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Then.AddMinutes(5);

    private static readonly FederatedStatus Old = new()
    {
        Conditions = [new FederatedCondition { Type = "Propagation", Status = "True", LastUpdateTime = Then, LastTransitionTime = Then }],
        Clusters = [new FederatedClusterStatus { Name = "cluster1" }],
    };

    private static PropagationOutcome Ok => new() { Generation = 0, Clusters = [new ClusterResult("cluster1", PropagationStatus.Ok)] };

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    [Test]
    public void Merge_Same_NeedsNoWrite()
    {
        var update = FederatedStatusMerger.Merge(Old, Ok, Now);
        Assert.That(update.NeedsWrite, Is.False);
        Assert.That(update.Status.FindPropagation(), Is.EqualTo(Old.FindPropagation()));
    }

    [Test]
    public void Merge_CollectionOnWithoutData_ChangesToCheckClusters()
    {
        var update = FederatedStatusMerger.Merge(Old, Ok with { CollectsRemoteStatus = true }, Now);
        Assert.That(update.NeedsWrite);
        Assert.That(update.Status.FindPropagation()!.Reason, Is.EqualTo(PropagationReasons.CheckClusters));
        Assert.That(FederatedStatusMerger.Merge(update.Status, Ok with { CollectsRemoteStatus = true }, Now.AddHours(1)).NeedsWrite, Is.False);
    }

    [Test]
    public void Merge_SameRemoteStatus_NeedsNoWrite()
    {
        var old = Old with { Clusters = [new FederatedClusterStatus { Name = "cluster1", RemoteStatus = Json("""{"a":1,"b":2.0}""") }] };
        var outcome = Ok with
        {
            CollectsRemoteStatus = true,
            Clusters = [new ClusterResult("cluster1", "", RemoteStatus: Json("""{"b":2,"a":1}"""))],
        };
        Assert.That(FederatedStatusMerger.Merge(old, outcome, Now).NeedsWrite, Is.False);
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return new TestCaseData(Ok with { Clusters = [new ClusterResult("cluster1", PropagationStatus.ClusterNotReady)] }, "False", "CheckClusters") { TestName = "not ready" };
        yield return new TestCaseData(Ok with { Clusters = [new("cluster1", ""), new("cluster2", "")] }, "True", null) { TestName = "second cluster" };
        yield return new TestCaseData(Ok with { Clusters = [] }, "True", null) { TestName = "no cluster" };
        yield return new TestCaseData(Ok with { Reason = PropagationReasons.NamespaceNotFederated }, "False", "NamespaceNotFederated") { TestName = "namespace" };
        yield return new TestCaseData(Ok with { Generation = 1 }, "True", null) { TestName = "generation" };
        yield return new TestCaseData(Ok with { ObjectsUpdated = true }, "True", null) { TestName = "updated" };
        yield return new TestCaseData(Ok with { Clusters = [new("cluster1", "", "note")] }, "True", null) { TestName = "message" };
    }

    [TestCaseSource(nameof(Changes))]
    public void Merge_Change_NeedsWrite(PropagationOutcome outcome, string status, string? reason)
    {
        var update = FederatedStatusMerger.Merge(Old, outcome, Now);
        Assert.Multiple(() =>
        {
            Assert.That(update.NeedsWrite);
            Assert.That(update.Status.FindPropagation()!.Status, Is.EqualTo(status));
            Assert.That(update.Status.FindPropagation()!.Reason, Is.EqualTo(reason));
            Assert.That(update.Status.ObservedGeneration, Is.EqualTo(outcome.Generation));
            Assert.That(FederatedStatusMerger.Merge(update.Status, outcome with { ObjectsUpdated = false }, Now.AddHours(1)).NeedsWrite, Is.False);
        });
    }

    [Test]
    public void Merge_Transition_MovesBothTimes()
    {
        var condition = FederatedStatusMerger.Merge(Old, Ok with { Reason = PropagationReasons.ComputePlacementFailed, Clusters = [] }, Now).Status.FindPropagation()!;
        Assert.That((condition.LastTransitionTime, condition.LastUpdateTime), Is.EqualTo(((DateTimeOffset?)Now, (DateTimeOffset?)Now)));
    }

    [Test]
    public void Merge_ClustersChangedWithoutTransition_MovesUpdateTimeOnly()
    {
        var condition = FederatedStatusMerger.Merge(Old, Ok with { Clusters = [] }, Now).Status.FindPropagation()!;
        Assert.That((condition.LastTransitionTime, condition.LastUpdateTime), Is.EqualTo(((DateTimeOffset?)Then, (DateTimeOffset?)Now)));
    }

    [Test]
    public void Merge_GenerationAlone_MovesNoTime()
    {
        var condition = FederatedStatusMerger.Merge(Old, Ok with { Generation = 3 }, Now).Status.FindPropagation()!;
        Assert.That((condition.LastTransitionTime, condition.LastUpdateTime), Is.EqualTo(((DateTimeOffset?)Then, (DateTimeOffset?)Then)));
    }

    [Test]
    public void Merge_Clusters_AreSortedAndOrderIsNoChange()
    {
        var outcome = Ok with { Clusters = [new("b", ""), new("a", "")] };
        var old = Old with { Clusters = [new() { Name = "b" }, new() { Name = "a", Status = "" }] };
        var update = FederatedStatusMerger.Merge(old, outcome, Now);
        Assert.That(update.NeedsWrite, Is.False);
        Assert.That(update.Status.Clusters.Select(c => c.Name), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void Merge_FirstTime_WritesAllAndCutsFractions()
    {
        var update = FederatedStatusMerger.Merge(FederatedStatus.Empty, Ok, Now.AddMilliseconds(700));
        Assert.That(update.NeedsWrite);
        Assert.That(update.Status.FindPropagation()!.LastTransitionTime, Is.EqualTo(Now));
    }

    [Test]
    public void Merge_OtherConditions_Stay()
    {
        var other = new FederatedCondition { Type = "Other", Status = "True" };
        var update = FederatedStatusMerger.Merge(Old with { Conditions = [other, .. Old.Conditions] }, Ok with { Clusters = [] }, Now);
        Assert.That(update.Status.Conditions, Has.Count.EqualTo(2));
        Assert.That(update.Status.Conditions[0], Is.SameAs(other));
    }

    [Test]
    public void Merge_FaultyClusters_AreCounted()
    {
        var outcome = Ok with { Clusters = [new("a", ""), new("b", PropagationStatus.UpdateFailed, "denied")] };
        Assert.That(FederatedStatusMerger.Merge(Old, outcome, Now).Status.FindPropagation()!.Message, Is.EqualTo("1 of 2 clusters are not in order"));
    }
}
