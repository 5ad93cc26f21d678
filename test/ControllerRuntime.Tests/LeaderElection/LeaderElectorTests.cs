using KubeFed.ControllerRuntime.LeaderElection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

/// <summary>Elections simulated on one thread and fake clocks.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeaderElectorTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly PumpContext _pump = new();
    private readonly SynchronizationContext? _outer = SynchronizationContext.Current;
    private readonly MemoryLease _lease = new();
    private readonly List<Candidate> _candidates = [];

    public LeaderElectorTests() => SynchronizationContext.SetSynchronizationContext(_pump);

    public void Dispose()
    {
        _candidates.ForEach(candidate => candidate.Dispose());
        SynchronizationContext.SetSynchronizationContext(_outer);
    }

    [Test]
    public void RunAsync_FreeLease_IsTakenAndRenewedWithoutReading()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(60));
        Assert.That((a.IsActive, a.Elector.IsLeader, a.Lock.Reads), Is.EqualTo((true, true, 1)));
        Assert.That(_lease.Writes, Is.InRange(25, 31));
        var record = _lease.Current!.Record;
        Assert.That((record.HolderIdentity, record.LeaseDurationSeconds, record.LeaseTransitions), Is.EqualTo(("a", 15, 0)));
        Assert.That(a.Clock.GetUtcNow() - record.RenewTime, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void RunAsync_LeaderDies_IsSucceededAfterTheLeaseSeenLast()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(5));
        var b = Add("b", TimeSpan.FromDays(-400));
        Pass(TimeSpan.FromSeconds(30));
        Assert.That((a.IsActive, b.IsActive, b.Elector.ObservedLeader), Is.EqualTo((true, false, "a")));

        Pass(TimeSpan.FromSeconds(12.5), b);
        Assert.That(b.IsActive, Is.False, "b took the lease too early");
        Pass(TimeSpan.FromSeconds(12), b);
        Assert.That(b.IsActive, Is.True);
        Assert.That((_lease.Current!.Record.HolderIdentity, _lease.Current.Record.LeaseTransitions), Is.EqualTo(("b", 1)));
        Assert.That(_lease.Current.Record.AcquireTime, Is.EqualTo(_lease.Current.Record.RenewTime).Within(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void RunAsync_LeaderCannotReachTheLease_StopsWithinTheDeadlineAndComesBack()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(4));
        a.Lock.NextFault = () => new LockFault { FailBefore = true };
        Pass(TimeSpan.FromSeconds(10.25));
        Assert.That((a.IsActive, a.Elector.IsLeader), Is.EqualTo((false, false)));

        a.Lock.NextFault = () => default;
        Pass(TimeSpan.FromSeconds(10));
        Assert.That((a.IsActive, a.Elector.IsLeader, a.Terms), Is.EqualTo((true, true, 2)));
    }

    [Test]
    public void RunAsync_HungRequests_DoNotOutlastTheDeadline()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(4));
        a.Lock.NextFault = () => new LockFault { DelayBefore = TimeSpan.FromHours(1) };
        Pass(TimeSpan.FromSeconds(10.25));
        Assert.That(a.IsActive, Is.False);
    }

    [Test]
    public void RunAsync_LeasePassedToAnotherByHand_StopsAtTheNextRenewal()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(4));
        _lease.TryWrite(_lease.Current!.Record with { HolderIdentity = "x" }, _lease.Current.Version);
        Pass(TimeSpan.FromSeconds(3));
        Assert.That((a.IsActive, a.Elector.IsLeader, a.Terms), Is.EqualTo((false, false, 1)));
    }

    [Test]
    public void RunAsync_LeaseDeleted_IsMadeAgainWithoutLosingTheTerm()
    {
        var a = Add("a");
        Pass(TimeSpan.FromSeconds(4));
        _lease.Delete();
        Pass(TimeSpan.FromSeconds(20));
        Assert.That((a.IsActive, a.Terms, _lease.Current?.Record.HolderIdentity), Is.EqualTo((true, 1, "a")));
    }

    [Test]
    public void RunAsync_Stopped_KeepsTheLeaseUntilTheWorkHasEndedThenReleases()
    {
        var a = Add("a");
        var b = Add("b");
        Pass(TimeSpan.FromSeconds(10));
        var (leader, other) = a.IsActive ? (a, b) : (b, a);
        leader.WindUp = TimeSpan.FromSeconds(40);
        leader.Stop();
        Pass(TimeSpan.FromSeconds(39));
        Assert.That((other.IsActive, leader.Run.IsCompleted), Is.EqualTo((false, false)), "the lease must be kept while the work winds up");
        Pass(TimeSpan.FromSeconds(8));
        Assert.That((other.IsActive, leader.Run.IsCompletedSuccessfully), Is.EqualTo((true, true)));
    }

    [Test]
    public void RunAsync_WorkThrows_ReleasesAndThrows()
    {
        var a = Add("a", work: _ => throw new InvalidOperationException("boom"));
        Pass(TimeSpan.FromSeconds(5));
        Assert.That(a.Run.Exception?.InnerException?.Message, Is.EqualTo("boom"));
        Assert.That((_lease.Current!.Record.HolderIdentity, _lease.Current.Record.LeaseDurationSeconds), Is.EqualTo(("", 1)));
    }

    [Test]
    public void RunAsync_LeaderSuspended_IsNoLeaderOnWaking()
    {
        var a = Add("a");
        var b = Add("b");
        Pass(TimeSpan.FromSeconds(10));
        var (leader, other) = a.IsActive ? (a, b) : (b, a);
        Pass(TimeSpan.FromSeconds(30), other);
        Assert.That(other.IsActive, Is.True);
        PumpContext.Leap(leader.Clock, TimeSpan.FromSeconds(30));
        Assert.That((leader.IsActive, leader.Elector.IsLeader), Is.EqualTo((false, false)));
    }

    [TestCase(400)]
    [TestCase(-400)]
    public void RunAsync_WallClockJumps_NobodyNotices(int days)
    {
        var a = Add("a");
        var b = Add("b");
        Pass(TimeSpan.FromSeconds(10));
        var (leader, other) = a.IsActive ? (a, b) : (b, a);
        leader.Clock.JumpWallClock(TimeSpan.FromDays(days));
        Pass(TimeSpan.FromSeconds(30));
        other.Clock.JumpWallClock(TimeSpan.FromDays(-days));
        Pass(TimeSpan.FromSeconds(30));
        Assert.That((leader.IsActive, leader.Elector.IsLeader, leader.Terms, other.Terms), Is.EqualTo((true, true, 1, 0)));
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void AnySchedule_ThereAreNeverTwoLeaders(int seed)
    {
        SynchronizationContext.SetSynchronizationContext(_pump);
        var random = new Random(seed);
        var lease = new MemoryLease();
        var candidates = Enumerable.Range(0, 3).Select(i => new Candidate($"c{i}", lease, random.Next(), TimeSpan.FromHours(random.Next(-50, 50)))).ToArray();
        var rates = candidates.Select(_ => 0.9 + (random.NextDouble() * 0.2)).ToArray();
        var pausedFor = new int[candidates.Length];
        var owed = new TimeSpan[candidates.Length];
        var history = new List<string>();
        foreach (var candidate in candidates)
        {
            candidate.Lock.NextFault = () => Fault(random);
            candidate.Start();
        }

        for (var step = 0; step < 1200; step++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                owed[i] += Step * rates[i];
                pausedFor[i] = pausedFor[i] > 0 ? pausedFor[i] - 1 : random.Next(400) == 0 ? random.Next(200) : 0;
                if (pausedFor[i] == 0)
                {
                    PumpContext.Leap(candidates[i].Clock, owed[i]);
                    owed[i] = TimeSpan.Zero;
                }
            }

            _pump.RunUntilIdle();
            history.Add($"{step}: {lease.Current} {string.Join(' ', candidates.Select((candidate, i) => $"{candidate.IsActive}/{candidate.Clock.GetTimestamp() / 10_000_000.0:F1}/{pausedFor[i]}"))}");
            var leaders = candidates.Where((candidate, i) => pausedFor[i] == 0 && candidate.IsActive).ToArray();
            Assert.That(leaders, Has.Length.LessThanOrEqualTo(1), $"two leaders at step {step}:\n{string.Join('\n', history.TakeLast(40))}");
        }

        AssertOneComesToLead(candidates);
    }

    [Test]
    public void Constructor_BadTimes_NamesEveryFault()
    {
        var options = new LeaderElectionOptions { Identity = "", LeaseDuration = TimeSpan.FromSeconds(0.5), RenewDeadline = TimeSpan.FromSeconds(1), RetryPeriod = TimeSpan.FromSeconds(1) };
        Assert.That(options.Validate(), Has.Count.EqualTo(4));
        Assert.That(() => new LeaderElector(new FaultyLock(_lease, TimeProvider.System), options, NullLogger.Instance), Throws.ArgumentException);
    }

    private static LockFault Fault(Random random) => random.Next(10) switch
    {
        0 => new LockFault { FailBefore = true },
        1 => new LockFault { FailAfter = true },
        2 => new LockFault { DelayBefore = TimeSpan.FromSeconds(random.NextDouble() * 30) },
        3 => new LockFault { DelayAfter = TimeSpan.FromSeconds(random.NextDouble() * 30) },
        _ => default,
    };

    private void AssertOneComesToLead(Candidate[] candidates)
    {
        foreach (var candidate in candidates)
        {
            candidate.Lock.NextFault = () => default;
        }

        for (var i = 0; i < 400; i++)
        {
            foreach (var candidate in candidates)
            {
                PumpContext.Leap(candidate.Clock, Step);
            }

            _pump.RunUntilIdle();
        }

        Assert.That(candidates.Count(candidate => candidate.IsActive), Is.EqualTo(1), "one must lead when nothing fails any more");
    }

    private Candidate Add(string identity, TimeSpan skew = default, Func<CancellationToken, Task>? work = null)
    {
        var candidate = new Candidate(identity, _lease, _candidates.Count, skew) { Work = work };
        _candidates.Add(candidate);
        SynchronizationContext.SetSynchronizationContext(_pump);
        candidate.Start();
        _pump.RunUntilIdle();
        return candidate;
    }

    private void Pass(TimeSpan time, params Candidate[] only)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            foreach (var candidate in only.Length > 0 ? only : [.. _candidates])
            {
                PumpContext.Leap(candidate.Clock, Step);
            }

            _pump.RunUntilIdle();
        }
    }
}
