using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

public sealed class ReplicaPlannerTests
{
    private static IEnumerable<TestCaseData> Rows => KubeFedRows.All.Select(static row => new TestCaseData(row).SetArgDisplayNames(row.ToString()));

    [TestCaseSource(nameof(Rows))]
    public void Plan_RowsOfKubeFed_PlansTheSame(object row)
    {
        var expected = (PlanRow)row;
        var plan = ReplicaPlanner.Plan(expected.Request);
        Assert.Multiple(() =>
        {
            Assert.That(PlanText.Replicas(plan), Is.EqualTo(expected.Expected));
            Assert.That(PlanText.Overflow(plan), Is.EqualTo(expected.Overflow));
            Assert.That(plan.Clusters.Sum(static c => c.Replicas) + plan.Unplaced, Is.EqualTo(expected.Total));
        });
    }

    [TestCase("A", "", 84696414u)]
    [TestCase("B", "", 84696413u)]
    [TestCase("C", "", 84696412u)]
    [TestCase("D", "", 84696411u)]
    [TestCase("E", "", 84696410u)]
    [TestCase("cluster1", "ns/app", 2895142735u)]
    [TestCase("cluster2", "ns/app", 2815689764u)]
    [TestCase("cluster3", "ns/app", 2936536929u)]
    public void Hash_KnownVectors_IsFnv1(string cluster, string key, uint expected)
    {
        Assert.That(PlanOrder.Hash(cluster, key), Is.EqualTo(expected));
    }
}
