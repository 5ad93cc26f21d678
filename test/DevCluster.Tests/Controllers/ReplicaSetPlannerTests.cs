using FsCheck;
using FsCheck.Fluent;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.DevClusters.Controllers.ReplicaSets;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class ReplicaSetPlannerTests
{
    [Test]
    public void Plan_EndedAndDeletedPods_DoNotCount()
    {
        var plan = ReplicaSetPlanner.Plan(
            Kube.ReplicaSet("web-1", 2),
            [
                Kube.ReadyPod("a"),
                Kube.Pod("b", status: "'phase':'Failed'"),
                Kube.ReadyPod("c", metadata: "'deletionTimestamp':'2026-01-02T03:04:00Z'"),
            ]);

        Assert.That(plan.Create, Is.EqualTo(1));
        Assert.That(plan.Delete, Is.Empty);
    }

    [Test]
    public void Plan_TooMany_DeletesTheLeastUseful()
    {
        var plan = ReplicaSetPlanner.Plan(
            Kube.ReplicaSet("web-1", 1),
            [Kube.ReadyPod("ready"), Kube.Pod("pending", "'nodeName':'n1'", "'phase':'Pending'"), Kube.Pod("unassigned"), Kube.ReadyPod("cheap", metadata: "'annotations':{'controller.kubernetes.io/pod-deletion-cost':'-5'}")]);

        Assert.That(plan.Delete.Select(static p => p.Name), Is.EqualTo(new[] { "unassigned", "pending", "cheap" }));
    }

    [FsCheck.NUnit.Property]
    public Property Plan_WhateverThereIs_ComesToTheWantedNumber() => Prop.ForAll(
        Gen.Choose(0, 20).ToArbitrary(),
        Gen.ListOf(Gen.Elements("ready", "pending", "failed", "deleting")).ToArbitrary(),
        static (wanted, states) =>
        {
            var pods = states.Select(static (state, i) => state switch
            {
                "ready" => Kube.ReadyPod($"p{i}"),
                "failed" => Kube.Pod($"p{i}", status: "'phase':'Failed'"),
                "deleting" => Kube.ReadyPod($"p{i}", metadata: "'deletionTimestamp':'2026-01-02T03:04:00Z'"),
                _ => Kube.Pod($"p{i}"),
            }).ToList();

            var plan = ReplicaSetPlanner.Plan(Kube.ReplicaSet("web-1", wanted), pods);

            Assert.That(pods.Count(static p => p.IsActive()) + plan.Create - plan.Delete.Count, Is.EqualTo(wanted));
            Assert.That(plan.Create == 0 || plan.Delete.Count == 0);
            Assert.That(plan.Delete.All(static p => p.IsActive()));
        });
}
