using FsCheck;
using FsCheck.Fluent;
using KubeFed.DevClusters.Controllers.Deployments;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class DeploymentPlannerTests
{
    [Test]
    public void Plan_NothingThere_MakesAReplicaSetOfTheWholeSize() =>
        Assert.That(Plan(Kube.Deployment(3)).Create, Is.EqualTo(3));

    [Test]
    public void Plan_NewTemplate_MakesOnlyTheSurge()
    {
        var plan = Plan(Kube.Deployment(4, "v2"), Kube.ReplicaSet("web-1", 4, "v1", available: 4));

        Assert.That(plan.Create, Is.EqualTo(1));
        Assert.That(plan.Scale, Is.Empty);
    }

    [Test]
    public void Plan_OldPodsThatAreNotAvailable_GoFirst()
    {
        var plan = Plan(
            Kube.Deployment(4, "v2"), Kube.ReplicaSet("web-1", 4, "v1", available: 2, age: 5), Kube.ReplicaSet("web-2", 1, "v2", available: 1));

        Assert.That(plan.Scale.Select(static s => (s.Set.Name, s.Replicas)), Is.EqualTo(new[] { ("web-1", 2) }));
    }

    [Test]
    public void Plan_Recreate_WaitsForOldPodsToBeGone()
    {
        var deployment = Kube.Deployment(3, "v2", "'strategy':{'type':'Recreate'}");
        var down = Plan(deployment, Kube.ReplicaSet("web-1", 3, "v1", available: 3));
        var state = new DeploymentState(deployment, [Kube.ReplicaSet("web-1", 0)]);

        Assert.That(down.Scale.Single().Replicas, Is.Zero);
        Assert.That(down.Create, Is.Null);
        Assert.That(DeploymentPlanner.Plan(state, oldPods: 1).Create, Is.Null);
        Assert.That(DeploymentPlanner.Plan(state, oldPods: 0).Create, Is.EqualTo(3));
    }

    [Test]
    public void Plan_Paused_ScalesButDoesNotRoll()
    {
        var plan = Plan(Kube.Deployment(5, "v2", "'paused':true"), Kube.ReplicaSet("web-1", 3, "v1", available: 3));

        Assert.That(plan.Create, Is.Null);
        Assert.That(plan.Scale.Single().Replicas, Is.EqualTo(5));
    }

    [Test]
    public void Plan_ScaledInTheMiddleOfARollout_SharesByProportion()
    {
        const string Was10 = "'deployment.kubernetes.io/desired-replicas':'10','deployment.kubernetes.io/max-replicas':'13'";
        var plan = Plan(
            Kube.Deployment(20, "v2"),
            Kube.ReplicaSet("web-1", 8, "v1", available: 8, Was10, age: 9),
            Kube.ReplicaSet("web-2", 5, "v2", available: 0, Was10));

        Assert.That(plan.Scale.Select(static s => (s.Set.Name, s.Replicas)), Is.EqualTo(new[] { ("web-1", 15), ("web-2", 10) }));
    }

    [Test]
    public void Plan_RolledBack_TakesTheOldReplicaSetAgainWithANewRevision()
    {
        var state = new DeploymentState(
            Kube.Deployment(2, "v1"),
            [
                Kube.ReplicaSet("web-1", 0, "v1", annotations: "'deployment.kubernetes.io/revision':'1'", age: 9),
                Kube.ReplicaSet("web-2", 2, "v2", available: 2, "'deployment.kubernetes.io/revision':'2'"),
            ]);

        Assert.That(state.New!.Name, Is.EqualTo("web-1"));
        Assert.That(state.Revision, Is.EqualTo(3));
        Assert.That(ReplicaSetBuilding.Refresh(state)!.ToJsonString(), Does.Contain("\"deployment.kubernetes.io/revision-history\":\"1\""));
    }

    [Test]
    public void Plan_Complete_RemovesWhatIsBeyondTheHistory()
    {
        var deployment = Kube.Deployment(
            1, "v4", "'revisionHistoryLimit':1", "'observedGeneration':1,'replicas':1,'updatedReplicas':1,'availableReplicas':1");
        var plan = Plan(
            deployment,
            Kube.ReplicaSet("web-1", 0, "v1", annotations: "'deployment.kubernetes.io/revision':'1'", age: 9),
            Kube.ReplicaSet("web-2", 0, "v2", annotations: "'deployment.kubernetes.io/revision':'2'", age: 8),
            Kube.ReplicaSet("web-4", 1, "v4", available: 1, "'deployment.kubernetes.io/revision':'4'"));

        Assert.That(plan.Remove.Select(static s => s.Name), Is.EqualTo(new[] { "web-1" }));
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Rollout_WhateverHappens_KeepsItsBoundsAndEnds() => Prop.ForAll(Worlds(), static world =>
    {
        var (replicas, surge, unavailable, turns) = world;
        var rollout = new RolloutWorld(replicas, surge, unavailable);
        Settle(rollout);
        rollout.ChangeTemplate();
        var bounds = rollout.State;
        foreach (var turn in turns)
        {
            Turn(rollout, turn);
            Assert.That(rollout.State.All.Sum(static s => s.Spec.DesiredReplicas), Is.LessThanOrEqualTo(replicas + bounds.MaxSurge));
            Assert.That(rollout.Available, Is.GreaterThanOrEqualTo(bounds.MinAvailable));
        }

        Settle(rollout);
        Assert.That(rollout.IsDone);
    });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Scaling_InTheMiddleOfARollout_Ends() => Prop.ForAll(Worlds(), static world =>
    {
        var (replicas, surge, unavailable, turns) = world;
        var rollout = new RolloutWorld(replicas, surge, unavailable);
        Settle(rollout);
        rollout.ChangeTemplate();
        for (var i = 0; i < turns.Length; i++)
        {
            Turn(rollout, turns[i]);
            if (i % 5 == 4)
            {
                rollout.Scale(turns[i] % 12);
            }
        }

        Settle(rollout);
        Assert.That(rollout.IsDone);
        Assert.That(rollout.Pods, Is.EqualTo(rollout.Replicas));
    });

    private static DeploymentPlan Plan(Deployment deployment, params ReplicaSet[] sets) => DeploymentPlanner.Plan(new DeploymentState(deployment, sets), 0);

    private static void Turn(RolloutWorld world, int turn)
    {
        switch (turn % 3)
        {
            case 0:
                world.Step();
                break;
            case 1:
                world.Sync(turn / 3);
                break;
            default:
                world.Ripen(turn / 3);
                break;
        }
    }

    private static void Settle(RolloutWorld world)
    {
        for (var i = 0; i < 300 && !world.IsDone; i++)
        {
            world.Step();
            for (var set = 0; set < 4; set++)
            {
                world.Sync(set);
                world.Ripen(set);
            }
        }
    }

    private static Arbitrary<(int Replicas, string Surge, string Unavailable, int[] Turns)> Worlds()
    {
        var bound = Gen.Elements("0", "1", "2", "25%", "50%", "100%");
        return (from replicas in Gen.Choose(0, 12)
                from surge in bound
                from unavailable in bound
                from turns in Gen.ArrayOf(Gen.Choose(0, 29), 40)
                select (replicas, surge, unavailable, turns)).ToArbitrary();
    }
}
