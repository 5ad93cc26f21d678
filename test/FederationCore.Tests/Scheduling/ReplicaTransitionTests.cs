using FsCheck;
using FsCheck.Fluent;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

public sealed class ReplicaTransitionTests
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TransitionLimits NoLimits = new(Surge: 2, MaxMoved: null, TimeSpan.FromMinutes(1));

    private static Arbitrary<TransitionCluster[]> Moves { get; } = Gen.ListOf(
            from asked in Gen.Choose(0, 12)
            from target in Gen.Choose(0, 12)
            from unready in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 3)))
            select (asked, target, unready))
        .Select(static list => list.Select(static (c, i) =>
            new TransitionCluster($"c{i}", c.asked, c.target) { Ready = Math.Max(0, c.asked - c.unready) }).ToArray())
        .ToArbitrary();

    [Test]
    public void Next_Move_AddsBeforeItRemoves()
    {
        var first = Next(NoLimits, null, Cluster("a", 5, 5, 2), Cluster("b", 0, 0, 3));
        Assert.That(Text(first), Is.EqualTo("a=5 b=2"));
        Assert.That(first.Wait, Is.EqualTo(TransitionWait.Readiness));

        var unready = Next(NoLimits, first.State, Cluster("a", 5, 5, 2), Cluster("b", 2, 0, 3));
        Assert.That(Text(unready), Is.EqualTo("a=5 b=2"));

        var second = Next(NoLimits, unready.State, Cluster("a", 5, 5, 2), Cluster("b", 2, 2, 3));
        Assert.That(Text(second), Is.EqualTo("a=3 b=3"));

        var last = Next(NoLimits, second.State, Cluster("a", 3, 3, 2), Cluster("b", 3, 3, 3));
        Assert.That(Text(last), Is.EqualTo("a=2 b=3"));
        Assert.That((last.Wait, last.State.Floor), Is.EqualTo((TransitionWait.Nothing, (long?)null)));
    }

    [Test]
    public void Next_MoreWanted_AddsAllAtOnce()
    {
        var limits = NoLimits with { MaxMoved = 1 };
        var step = Next(limits, null, Cluster("a", 2, 2, 8), Cluster("b", 2, 2, 9));
        Assert.That(Text(step), Is.EqualTo("a=8 b=9"));
    }

    [Test]
    public void Next_FewerWanted_RemovesAllAtOnce()
    {
        var step = Next(NoLimits with { MaxMoved = 1 }, null, Cluster("a", 8, 8, 1), Cluster("b", 9, 9, 2));
        Assert.That(Text(step), Is.EqualTo("a=1 b=2"));
    }

    [Test]
    public void Next_MaxMoved_WaitsForNextInterval()
    {
        var limits = new TransitionLimits(Surge: 10, MaxMoved: 2, TimeSpan.FromMinutes(1));
        var first = Next(limits, null, Cluster("a", 6, 6, 0), Cluster("b", 0, 0, 6));
        Assert.That((Text(first), first.Wait, first.NextAfter), Is.EqualTo(("a=6 b=2", TransitionWait.Interval, TimeSpan.FromMinutes(1))));

        TransitionCluster[] ready = [Cluster("a", 6, 6, 0), Cluster("b", 2, 2, 6)];
        var early = ReplicaTransition.Next(ready, limits, first.State, Start.AddSeconds(20));
        Assert.That((Text(early), early.NextAfter), Is.EqualTo(("a=4 b=2", TimeSpan.FromSeconds(40))));

        var later = ReplicaTransition.Next([Cluster("a", 4, 4, 0), Cluster("b", 2, 2, 6)], limits, early.State, Start.AddMinutes(1));
        Assert.That(Text(later), Is.EqualTo("a=4 b=4"));
    }

    [Test]
    public void Next_UnhealthySource_IsMadeUpForAtOnceAndReleasedWhenReplaced()
    {
        var limits = NoLimits with { MaxMoved = 1 };
        var lost = Cluster("c", 5, 5, 0) with { IsHealthy = false };
        var first = Next(limits, null, Cluster("a", 5, 5, 8), Cluster("b", 5, 5, 7), lost);
        Assert.That(Text(first), Is.EqualTo("a=8 b=7 c=5"));

        var waiting = Next(limits, first.State, Cluster("a", 8, 5, 8), Cluster("b", 7, 7, 7), lost);
        Assert.That(Text(waiting), Is.EqualTo("a=8 b=7 c=5"));

        var done = Next(limits, waiting.State, Cluster("a", 8, 8, 8), Cluster("b", 7, 7, 7), lost);
        Assert.That((Text(done), done.Wait), Is.EqualTo(("a=8 b=7 c=0", TransitionWait.Nothing)));
    }

    [Test]
    public void Next_UnschedulableSource_GoesFirst()
    {
        var first = Next(NoLimits, null, Cluster("a", 5, 2, 2), Cluster("b", 5, 5, 8));
        Assert.That(Text(first), Is.EqualTo("a=5 b=7"));

        var second = Next(NoLimits, first.State, Cluster("a", 5, 2, 2), Cluster("b", 7, 5, 8));
        Assert.That(Text(second), Is.EqualTo("a=3 b=8"));
    }

    [Test]
    public void Next_ReadyUnknown_TakesNothingAway()
    {
        var blind = new TransitionCluster("a", 5, 0);
        Assert.That(Text(Next(NoLimits, null, blind, Cluster("b", 9, 9, 5))), Is.EqualTo("a=5 b=5"));
    }

    [Test]
    public void Next_BrokenReplicaElsewhere_DoesNotStopTheMove()
    {
        var limits = NoLimits with { Surge = 1 };
        TransitionCluster[] clusters = [Cluster("a", 4, 4, 2), Cluster("b", 4, 3, 4), Cluster("c", 0, 0, 2)];
        TransitionState? state = null;
        for (var i = 0; i < 10 && clusters.Any(static c => c.Asked != c.Target); i++)
        {
            var step = ReplicaTransition.Next(clusters, limits, state, Start.AddMinutes(i));
            state = step.State;
            clusters = [.. clusters.Select(c => Cluster(c.Name, step.Replicas[c.Name], c.Name == "b" ? 3 : step.Replicas[c.Name], c.Target))];
        }

        Assert.That(clusters.Select(static c => c.Asked), Is.EqualTo(new[] { 2, 4, 2 }));
    }

    [Test]
    public void Next_UntilDone_MovesTheDifferenceAndNeverDips() => Prop.ForAll(
        Moves,
        Gen.Choose(1, 4).ToArbitrary(),
        Gen.Elements<long?>(null, 1, 3).ToArbitrary(),
        static (clusters, surge, most) =>
        {
            var limits = new TransitionLimits(surge, most, TimeSpan.FromMinutes(1));
            var run = Run(clusters, limits);
            var target = clusters.Sum(static c => c.Target);
            var floor = Math.Min(target, clusters.Sum(static c => c.ReadyNow));
            return (run.Done || clusters.Any(static c => c.ReadyNow < c.Asked))
                && run.LeastReady >= floor
                && run.MostAsked <= Math.Max(target + surge, clusters.Sum(static c => c.Asked))
                && run.Added <= clusters.Sum(static c => c.Lacking)
                && run.Removed <= clusters.Sum(static c => c.Excess);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>Takes steps, one an interval; whatever is asked for is ready before the next, and what was not ready stays so.</summary>
    private static (bool Done, long LeastReady, long MostAsked, long Added, long Removed) Run(TransitionCluster[] clusters, TransitionLimits limits)
    {
        TransitionState? state = null;
        long least = long.MaxValue, most = 0, added = 0, removed = 0;
        var bound = 4 + (int)(2 * clusters.Sum(static c => c.Lacking + c.Excess));
        for (var i = 0; i < bound; i++)
        {
            var step = ReplicaTransition.Next(clusters, limits, state, Start.AddMinutes(i));
            state = step.State;
            least = Math.Min(least, clusters.Sum(c => Math.Min(c.ReadyNow, step.Replicas[c.Name])));
            most = Math.Max(most, step.Replicas.Values.Sum());
            added += clusters.Sum(c => Math.Max(0, step.Replicas[c.Name] - c.Asked));
            removed += clusters.Sum(c => Math.Max(0, c.Asked - step.Replicas[c.Name]));
            clusters = [.. clusters.Select(c => Settled(c, step.Replicas[c.Name]))];
        }

        return (clusters.All(static c => c.Asked == c.Target), least, most, added, removed);
    }

    private static TransitionCluster Settled(TransitionCluster before, long asked)
    {
        var broken = Math.Max(0, before.Asked - before.ReadyNow - Math.Max(0, before.Asked - asked));
        return before with { Asked = asked, Ready = asked - broken };
    }

    private static TransitionStep Next(TransitionLimits limits, TransitionState? state, params TransitionCluster[] clusters) =>
        ReplicaTransition.Next(clusters, limits, state, Start);

    private static TransitionCluster Cluster(string name, long asked, long ready, long target) => new(name, asked, target) { Ready = ready };

    private static string Text(TransitionStep step) =>
        string.Join(' ', step.Replicas.OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => $"{c.Key}={c.Value}"));
}
