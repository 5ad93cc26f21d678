using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Clusters;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
public sealed class ClusterConditionsTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Then + TimeSpan.FromMinutes(5);

    [Test]
    public void Of_SameState_KeepsTransitionTimeAndMovesProbeTime()
    {
        var old = ClusterConditions.Of(new Probe(ProbeState.Ready, ""), "", [], Then);

        var ready = ClusterConditions.Of(new Probe(ProbeState.Ready, ""), "", old, Now).Single();

        Assert.Multiple(() =>
        {
            Assert.That(ready.LastTransitionTime, Is.EqualTo(Then));
            Assert.That(ready.LastProbeTime, Is.EqualTo(Now));
        });
    }

    [Test]
    public void Of_Offline_SaysSoInBothConditions()
    {
        var old = ClusterConditions.Of(new Probe(ProbeState.Ready, ""), "", [], Then);

        var conditions = ClusterConditions.Of(new Probe(ProbeState.Offline, "connection refused"), "", old, Now);

        Assert.Multiple(() =>
        {
            Assert.That(conditions.Select(c => $"{c.Type}={c.Status} {c.Reason}"), Is.EqualTo(new[]
            {
                "Ready=False ClusterNotReachable",
                "Offline=True ClusterNotReachable",
            }));
            Assert.That(conditions[0].Message, Is.EqualTo("connection refused"));
            Assert.That(conditions[0].LastTransitionTime, Is.EqualTo(Now));
        });
    }

    [Test]
    public void Of_AnswersWithoutOk_IsReachableButNotReady()
    {
        IReadOnlyList<ClusterCondition> conditions = ClusterConditions.Of(new Probe(ProbeState.NotReady, "/healthz responded without ok"), "", [], Now);

        Assert.That(conditions.Select(c => $"{c.Type}={c.Status} {c.Reason}"), Is.EqualTo(new[]
        {
            "Ready=False ClusterNotReady",
            "Offline=False ClusterReachable",
        }));
    }
}
