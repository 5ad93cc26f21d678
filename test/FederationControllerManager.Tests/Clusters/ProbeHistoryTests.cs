using KubeFed.FederationControllerManager.Clusters;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
public sealed class ProbeHistoryTests
{
    private static readonly Probe Good = new(ProbeState.Ready, "");
    private static readonly Probe Bad = new(ProbeState.Offline, "no answer");

    [Test]
    public void Add_FirstProbe_CountsAsItIs([Values] bool ready)
    {
        var history = ProbeHistory.Empty.Add(ready ? Good : Bad, failureThreshold: 3, successThreshold: 3);

        Assert.That(history.Accepted!.Value.IsReady, Is.EqualTo(ready));
    }

    [TestCase("+---", "+++-", TestName = "Add_ThreeFailuresInARow_TurnNotReadyAtTheThird")]
    [TestCase("+--+--+", "+++++++", TestName = "Add_FailuresWithASuccessBetween_StayReady")]
    [TestCase("++++++++++---", "++++++++++++-", TestName = "Add_LongHealthyTime_DoesNotShortenTheThreshold")]
    [TestCase("-+", "-+", TestName = "Add_OneSuccess_TurnsReady")]
    [TestCase("+---+---", "+++-+++-", TestName = "Add_Return_CountsAnew")]
    public void Add_Sequence_GivesState(string probes, string expected)
    {
        var history = ProbeHistory.Empty;
        var states = "";
        foreach (var probe in probes)
        {
            history = history.Add(probe == '+' ? Good : Bad, failureThreshold: 3, successThreshold: 1);
            states += history.Accepted!.Value.IsReady ? '+' : '-';
        }

        Assert.That(states, Is.EqualTo(expected));
    }

    [FsCheck.NUnit.Property]
    public bool Add_AnySequence_FlipsOnlyAfterThresholdInARow(bool[] probes)
    {
        const int failures = 3, successes = 2;
        var history = ProbeHistory.Empty;
        for (var i = 0; i < probes.Length; i++)
        {
            var before = history.Accepted?.IsReady;
            history = history.Add(probes[i] ? Good : Bad, failures, successes);
            if (before is { } was && history.Accepted!.Value.IsReady != was)
            {
                var needed = was ? failures : successes;
                if (i + 1 < needed || probes.AsSpan(i + 1 - needed, needed).Contains(was))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
