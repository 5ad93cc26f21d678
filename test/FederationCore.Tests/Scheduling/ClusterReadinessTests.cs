using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

public sealed class ClusterReadinessTests
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ReadinessPolicy Patient = new(Toleration: null, Hysteresis: TimeSpan.FromSeconds(60));
    private static readonly ReadinessPolicy Moving = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(60));

    [Test]
    public void Judge_FirstSeenReady_TakesPartAtOnce()
    {
        Assert.That(ClusterReadiness.Judge(true, Start, Start, Moving, null), Is.EqualTo(new ReadinessVerdict(new ReadinessState(ClusterStanding.Open), null)));
    }

    [TestCase(0)]
    [TestCase(1_000_000)]
    public void Judge_NotReadyWithoutToleration_IsHeldForEver(int seconds)
    {
        var verdict = ClusterReadiness.Judge(false, Start, Start.AddSeconds(seconds), Patient, new ReadinessState(ClusterStanding.Open));
        Assert.That(verdict, Is.EqualTo(new ReadinessVerdict(new ReadinessState(ClusterStanding.Held, Start), null)));
    }

    [Test]
    public void Judge_NotReady_IsExcludedAfterToleration()
    {
        var held = ClusterReadiness.Judge(false, Start, Start.AddSeconds(100), Moving, new ReadinessState(ClusterStanding.Open));
        Assert.That((held.State.Standing, held.LookAgainAfter), Is.EqualTo((ClusterStanding.Held, TimeSpan.FromSeconds(200))));

        var gone = ClusterReadiness.Judge(false, Start, Start.AddSeconds(300), Moving, held.State);
        Assert.That((gone.State.Standing, gone.LookAgainAfter), Is.EqualTo((ClusterStanding.Excluded, (TimeSpan?)null)));
    }

    [TestCase(ClusterStanding.Excluded)]
    [TestCase(ClusterStanding.Held)]
    public void Judge_ReadyAgain_StaysAsItWasForTheHysteresis(ClusterStanding before)
    {
        var state = new ReadinessState(before, Start);
        var back = Start.AddMinutes(10);
        var early = ClusterReadiness.Judge(true, back, back.AddSeconds(20), Moving, state);
        Assert.That(early, Is.EqualTo(new ReadinessVerdict(state, TimeSpan.FromSeconds(40))));

        var stable = ClusterReadiness.Judge(true, back, back.AddSeconds(60), Moving, early.State);
        Assert.That(stable.State, Is.EqualTo(new ReadinessState(ClusterStanding.Open)));
    }

    [Test]
    public void Judge_Flapping_DoesNotEscapeToleration()
    {
        ReadinessState? state = new(ClusterStanding.Open);
        var seen = new List<ClusterStanding>();
        for (var i = 0; i < 12; i++)
        {
            var since = Start.AddSeconds(30 * i);
            state = ClusterReadiness.Judge(i % 2 == 1, since, since.AddSeconds(5), Moving, state).State;
            seen.Add(state.Standing);
        }

        Assert.That(seen.Take(10), Has.All.EqualTo(ClusterStanding.Held));
        Assert.That(seen.Skip(10), Has.All.EqualTo(ClusterStanding.Excluded));
    }

    [Test]
    public void Judge_TolerationRemoved_IsHeld()
    {
        var verdict = ClusterReadiness.Judge(false, Start, Start.AddHours(1), Patient, new ReadinessState(ClusterStanding.Excluded, Start));
        Assert.That(verdict.State.Standing, Is.EqualTo(ClusterStanding.Held));
    }

    [Test]
    public void Judge_ClockWentBack_CountsFromZero()
    {
        var verdict = ClusterReadiness.Judge(false, Start, Start.AddHours(-1), Moving, null);
        Assert.That((verdict.State.Standing, verdict.LookAgainAfter), Is.EqualTo((ClusterStanding.Held, Moving.Toleration)));
    }
}
