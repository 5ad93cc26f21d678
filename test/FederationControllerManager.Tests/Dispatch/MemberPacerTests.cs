using KubeFed.FederationControllerManager.Dispatch;

namespace KubeFed.FederationControllerManager.Tests.Dispatch;

[TestFixture]
public sealed class MemberPacerTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(5);

    [Test]
    public void Answered_FlatLatencyAndFull_GrowsToTheBound()
    {
        var pacer = Make();
        for (var i = 0; i < 200; i++)
        {
            pacer.Answered(Fast, At(i), pacer.Limit);
        }

        Assert.That(pacer.Limit, Is.EqualTo(64));
    }

    [Test]
    public void Answered_NotFull_DoesNotGrow()
    {
        var pacer = Make();
        for (var i = 0; i < 200; i++)
        {
            pacer.Answered(Fast, At(i), 2);
        }

        Assert.That(pacer.Limit, Is.EqualTo(16));
    }

    [Test]
    public void Answered_AlwaysSlow_IsNotPunished()
    {
        var pacer = Make();
        for (var i = 0; i < 200; i++)
        {
            pacer.Answered(TimeSpan.FromSeconds(2), At(i), pacer.Limit);
        }

        Assert.That(pacer.Limit, Is.EqualTo(64));
    }

    [Test]
    public void Answered_BecomesSlow_IsGivenLess()
    {
        var pacer = Make();
        for (var i = 0; i < 100; i++)
        {
            pacer.Answered(Fast, At(i), pacer.Limit);
        }

        for (var i = 0; i < 100; i++)
        {
            pacer.Answered(TimeSpan.FromSeconds(1), At(100 + i), pacer.Limit);
        }

        Assert.That(pacer.Limit, Is.LessThan(8));
    }

    [Test]
    public void Throttled_ManyAtOnce_CutsOnceAndPausesAsLongAsTheMemberSays()
    {
        var pacer = Make();
        for (var i = 0; i < 16; i++)
        {
            pacer.Throttled(TimeSpan.FromSeconds(3), At(1));
        }

        Assert.Multiple(() =>
        {
            Assert.That(pacer.Limit, Is.EqualTo(8));
            Assert.That(pacer.MayBegin(At(2), 0, out var wait), Is.False);
            Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(pacer.MayBegin(At(4), 0, out _), Is.True);
        });
    }

    [Test]
    public void Throttled_AbsurdTime_IsBounded()
    {
        var pacer = Make();
        pacer.Throttled(TimeSpan.FromDays(1), At(0));
        Assert.That(pacer.MayBegin(At(61), 0, out _), Is.True);
    }

    [Test]
    public void Throttled_AgainAndAgain_NeverBelowOne()
    {
        var pacer = Make();
        for (var i = 0; i < 100; i++)
        {
            pacer.Throttled(null, At(i));
        }

        Assert.That(pacer.Limit, Is.EqualTo(1));
    }

    [Test]
    public void MayBegin_Full_WaitsForOneToEnd()
    {
        var pacer = Make();
        Assert.Multiple(() =>
        {
            Assert.That(pacer.MayBegin(At(0), 15, out _), Is.True);
            Assert.That(pacer.MayBegin(At(0), 16, out var wait), Is.False);
            Assert.That(wait, Is.EqualTo(Timeout.InfiniteTimeSpan));
        });
    }

    [Test]
    public void Failed_EnoughInARow_OpensOnceAndLetsOneTry()
    {
        var pacer = Make();
        var opened = Enumerable.Range(0, 12).Count(_ => pacer.Failed(At(0)));

        Assert.Multiple(() =>
        {
            Assert.That(opened, Is.EqualTo(1));
            Assert.That(pacer.IsOpen, Is.True);
            Assert.That(pacer.MayBegin(At(1), 0, out _), Is.False, "before the break is over");
            Assert.That(pacer.MayBegin(At(2), 1, out _), Is.False, "while another tries");
            Assert.That(pacer.MayBegin(At(2), 0, out _), Is.True);
        });
    }

    [Test]
    public void Failed_AnswerInBetween_DoesNotOpen()
    {
        var pacer = Make();
        for (var i = 0; i < 50; i++)
        {
            pacer.Failed(At(i));
            if (i % 5 == 0)
            {
                pacer.Answered(Fast, At(i), 1);
            }
        }

        Assert.That(pacer.IsOpen, Is.False);
    }

    [Test]
    public void Failed_TryFailsToo_BreaksGetLongerUpToTheBound()
    {
        var pacer = Open();
        var breaks = new List<double>();
        var now = 2.0;
        for (var i = 0; i < 6; i++)
        {
            pacer.Failed(At(now));
            pacer.MayBegin(At(now), 0, out var wait);
            breaks.Add(wait.TotalSeconds);
            now += wait.TotalSeconds;
        }

        Assert.That(breaks, Is.EqualTo(new double[] { 4, 8, 16, 30, 30, 30 }));
    }

    [Test]
    public void Healthy_OpenCircuit_TriesAtOnceButTrustsOnlyAnAnswer()
    {
        var pacer = Open();
        pacer.Healthy(At(0.5));
        Assert.Multiple(() =>
        {
            Assert.That(pacer.MayBegin(At(0.5), 0, out _), Is.True);
            Assert.That(pacer.Limit, Is.EqualTo(1));
        });

        pacer.Answered(Fast, At(0.6), 1);
        Assert.That(pacer.IsOpen, Is.False);
    }

    private static MemberPacer Make() => new(new DispatcherOptions());

    private static MemberPacer Open()
    {
        var pacer = Make();
        for (var i = 0; i < 8; i++)
        {
            pacer.Failed(At(0));
        }

        return pacer;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
