using FsCheck;
using FsCheck.Fluent;
using KubeFed.DevClusters.Controllers.Models;
using KubeFed.DevClusters.Controllers.StatefulSets;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class StatefulSetPlannerTests
{
    [Test]
    public void Plan_Ordered_MakesTheNextOnlyWhenThoseBeforeAreReady()
    {
        Assert.That(Plan(Set(3)).Create, Is.EqualTo(new[] { 0 }));
        Assert.That(Plan(Set(3), Unready(0)).Create, Is.Empty);
        Assert.That(Plan(Set(3), Ready(0)).Create, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Plan_Parallel_MakesAllAtOnce() =>
        Assert.That(Plan(Set(3, "'podManagementPolicy':'Parallel'"), Unready(1)).Create, Is.EqualTo(new[] { 0, 2 }));

    [Test]
    public void Plan_ScaledDown_RemovesTheLastFirst() =>
        Assert.That(Names(Plan(Set(1), Ready(0), Ready(1), Ready(2))), Is.EqualTo(new[] { "db-2" }));

    [Test]
    public void Plan_NewTemplate_ReplacesFromTheLastOneAtATime()
    {
        Assert.That(Names(Plan(Set(2), Ready(0, "old"), Ready(1, "old"))), Is.EqualTo(new[] { "db-1" }));
        Assert.That(Names(Plan(Set(2), Ready(0, "old"), Unready(1))), Is.Empty);
        Assert.That(Names(Plan(Set(2), Ready(0, "old"), Ready(1))), Is.EqualTo(new[] { "db-0" }));
    }

    [Test]
    public void Plan_Partition_LeavesThoseBelow() => Assert.That(
        Names(Plan(Set(2, "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':1}}"), Ready(0, "old"), Ready(1))), Is.Empty);

    [Test]
    public void Plan_EndedPod_IsReplaced() =>
        Assert.That(Names(Plan(Set(1), Kube.Pod("db-0", "'nodeName':'n1'", "'phase':'Failed'"))), Is.EqualTo(new[] { "db-0" }));

    [FsCheck.NUnit.Property]
    public Property Plan_WhateverIsReady_ComesToTheWantedPods() => Prop.ForAll(
        Gen.Choose(0, 5).ToArbitrary(),
        Gen.ArrayOf(Gen.Elements(true, false), 6).ToArbitrary(),
        static (replicas, present) =>
        {
            var pods = Enumerable.Range(0, 6).Where(i => present[i]).Select(static i => Ready(i)).ToList();
            for (var turn = 0; turn < 20; turn++)
            {
                var plan = Plan(Set(replicas), [.. pods]);
                Assert.That(plan.Create.Count + plan.Delete.Count, Is.LessThanOrEqualTo(1));
                pods.RemoveAll(pod => plan.Delete.Contains(pod));
                pods.AddRange(plan.Create.Select(static ordinal => Ready(ordinal)));
            }

            Assert.That(pods.Select(static p => p.Name), Is.EquivalentTo(Enumerable.Range(0, replicas).Select(static i => $"db-{i}")));
        });

    private static StatefulSetPlan Plan(StatefulSet set, params Pod[] pods) => StatefulSetPlanner.Plan(set, pods, "new", Kube.Now);

    private static IEnumerable<string> Names(StatefulSetPlan plan) => plan.Delete.Select(static pod => pod.Name);

    private static StatefulSet Set(int replicas, string spec = "") => Kube.Object(
        $"{{'apiVersion':'apps/v1','kind':'StatefulSet','metadata':{{'name':'db','namespace':'default','uid':'u'}},'spec':{{'replicas':{replicas}{(spec.Length == 0 ? "" : "," + spec)}}} }}").ToStatefulSet();

    private static Pod Ready(int ordinal, string hash = "new") => Kube.ReadyPod($"db-{ordinal}", metadata: $"'labels':{{'controller-revision-hash':'{hash}'}}");

    private static Pod Unready(int ordinal) => Kube.Pod(
        $"db-{ordinal}", "'nodeName':'n1'", "'phase':'Running'", "'labels':{'controller-revision-hash':'new'}");
}
