using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Tests.Scheduling;

public sealed class ReplicaSchedulingPreferenceTests
{
    [Test]
    public void Deserialize_AllFields_AreRead()
    {
        var spec = Read("""
            {"targetKind":"FederatedDeployment","totalReplicas":9,"strategy":"Aggregated","rebalance":true,"intersectWithClusterSelector":true,
            "clusters":{"*":{"weight":1},"a":{"minReplicas":2,"maxReplicas":4,"weight":3}},
            "overflow":[{"clusters":["a"]},{"clusterSelector":{"matchLabels":{"cloud":"yes"}}}],
            "failover":{"toleration":"5m"},"stability":{"surge":"25%","maxMoved":3,"interval":"30s","retryFullClustersAfter":"10m"}}
            """).Spec;
        Assert.Multiple(() =>
        {
            Assert.That(spec.TargetKind, Is.EqualTo("FederatedDeployment"));
            Assert.That(spec.TotalReplicas, Is.EqualTo(9));
            Assert.That(spec.Strategy, Is.EqualTo(SchedulingStrategies.Aggregated));
            Assert.That(spec.Rebalance && spec.IntersectWithClusterSelector);
            Assert.That(spec.Clusters["a"], Is.EqualTo(new ClusterPreference { MinReplicas = 2, MaxReplicas = 4, Weight = 3 }));
            Assert.That(spec.Clusters[ReplicaSchedulingPreferenceSpec.AllOthers], Is.EqualTo(new ClusterPreference { Weight = 1 }));
            Assert.That(spec.Overflow[0].Clusters, Is.EqualTo(["a"]));
            Assert.That(spec.Overflow[1].ClusterSelector!.MatchLabels!["cloud"], Is.EqualTo("yes"));
            Assert.That(spec.Failover!.Toleration, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(spec.Stability.Surge, Is.EqualTo(ReplicaShare.Percent(25)));
            Assert.That(spec.Stability.MaxMoved, Is.EqualTo(ReplicaShare.Of(3)));
            Assert.That(spec.Stability.Interval, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(spec.Stability.RetryFullClustersAfter, Is.EqualTo(TimeSpan.FromMinutes(10)));
        });
    }

    [Test]
    public void Deserialize_KubeFedsFields_HaveDefaultsForTheRest()
    {
        var spec = Read("""{"targetKind":"FederatedDeployment","totalReplicas":9,"clusters":null}""").Spec;
        Assert.Multiple(() =>
        {
            Assert.That(spec.Strategy, Is.EqualTo(SchedulingStrategies.Weighted));
            Assert.That(spec.Clusters, Is.Empty);
            Assert.That(spec.Overflow, Is.Empty);
            Assert.That(spec.Failover, Is.Null);
            Assert.That(spec.Stability, Is.EqualTo(StabilityPolicy.Default));
        });
    }

    [Test]
    public void Status_RoundTrip_IsTheSame()
    {
        const string Json = """
            {"apiVersion":"scheduling.kubefed.io/v1alpha1","kind":"ReplicaSchedulingPreference","metadata":{"name":"p","namespace":"n"},"spec":{"targetKind":"FederatedDeployment","totalReplicas":1},"status":{"observedGeneration":2,"scheduledReplicas":1,"readyReplicas":1,"unschedulableReplicas":0,"unplacedReplicas":0,"lastMoveTime":"2026-01-02T03:04:05Z","movedReplicas":1,"conditions":[{"type":"Scheduled","status":"True","observedGeneration":2,"reason":"AllScheduled","message":"m","lastTransitionTime":"2026-01-02T03:04:05Z"}],"clusters":[{"name":"a","desired":1,"replicas":1,"ready":1,"reason":"Weight"}]}}
            """;
        var preference = KubeObject.Parse(Encoding.UTF8.GetBytes(Json)).Deserialize(FederationJsonContext.Default.ReplicaSchedulingPreference);
        var status = Encoding.UTF8.GetString(KubeObject.From(preference, FederationJsonContext.Default.ReplicaSchedulingPreference).Utf8Json.Span);
        Assert.That(status[status.IndexOf("\"status\"", StringComparison.Ordinal)..], Is.EqualTo(Json.Trim()[Json.Trim().IndexOf("\"status\"", StringComparison.Ordinal)..]));
    }

    [TestCase("3", 10, 3)]
    [TestCase("\"25%\"", 10, 3)]
    [TestCase("\"100%\"", 7, 7)]
    [TestCase("\"0%\"", 7, 0)]
    public void ReplicaShare_OfATotal_IsRoundedUp(string json, long total, long expected)
    {
        var spec = Read($$$"""{"targetKind":"A","totalReplicas":1,"stability":{"surge":{{{json}}}}}""").Spec;
        Assert.That(spec.Stability.Surge!.Value.Resolve(total), Is.EqualTo(expected));
    }

    [TestCase("\"25\"")]
    [TestCase("\"%\"")]
    [TestCase("\"-1%\"")]
    [TestCase("true")]
    public void ReplicaShare_OfNoShare_NamesTheField(string json) => Assert.That(
        () => Read($$$"""{"targetKind":"A","totalReplicas":1,"stability":{"surge":{{{json}}}}}"""),
        Throws.TypeOf<KubeObjectFormatException>().With.Message.Contains("surge"));

    private static ReplicaSchedulingPreference Read(string spec) => KubeObject
        .Parse(Encoding.UTF8.GetBytes("""{"apiVersion":"scheduling.kubefed.io/v1alpha1","kind":"ReplicaSchedulingPreference","metadata":{"name":"p","namespace":"n"},"spec":""" + spec + "}"))
        .Deserialize(FederationJsonContext.Default.ReplicaSchedulingPreference);
}
