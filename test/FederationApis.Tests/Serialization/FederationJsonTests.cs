using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Tests.Serialization;

public sealed class FederationJsonTests
{
    private static KubeObject Object(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json));

    [Test]
    public void KubeFedCluster_FullObject_RoundTrips()
    {
        const string Json = """
            {"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":{"name":"c1","namespace":"kf"},"spec":{"apiEndpoint":"https://a:6443","caBundle":"AQID","secretRef":{"name":"s"},"disabledTLSValidations":["*"],"proxyURL":"socks5://p:1"},"status":{"conditions":[{"type":"Ready","status":"True","lastProbeTime":"2026-01-02T03:04:05Z","lastTransitionTime":"2026-01-01T00:00:00Z","reason":"ClusterReady","message":"m"}],"zones":["z"],"region":"r"}}
            """;
        var cluster = Object(Json).Deserialize(FederationJsonContext.Default.KubeFedCluster);
        Assert.Multiple(() =>
        {
            Assert.That(cluster.IsReady());
            Assert.That(cluster.Spec.CaBundle!.Value.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(Encoding.UTF8.GetString(KubeObject.From(cluster, FederationJsonContext.Default.KubeFedCluster).Utf8Json.Span), Is.EqualTo(Json.Trim()));
        });
    }

    [Test]
    public void KubeFedCluster_AbsentAndNullFields_ReadAsDefaults()
    {
        var absent = Object("""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster"}""").Deserialize(FederationJsonContext.Default.KubeFedCluster);
        var nulls = Object("""
            {"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":null,"spec":{"apiEndpoint":null,"caBundle":null,"secretRef":null},"status":{"conditions":null}}
            """).Deserialize(FederationJsonContext.Default.KubeFedCluster);
        Assert.Multiple(() =>
        {
            Assert.That(absent.Spec.SecretRef.Name, Is.Empty);
            Assert.That(absent.IsReady(), Is.False);
            Assert.That(absent.Status, Is.Null);
            Assert.That(nulls.Spec.ApiEndpoint, Is.Empty);
            Assert.That(nulls.Status!.Conditions, Is.Empty);
            Assert.That(nulls.Metadata.Name, Is.Empty);
        });
    }

    [Test]
    public void KubeFedCluster_WrongType_NamesTheField() =>
        Assert.That(
            () => Object("""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","spec":{"apiEndpoint":7}}""")
                .Deserialize(FederationJsonContext.Default.KubeFedCluster),
            Throws.TypeOf<KubeObjectFormatException>().With.Message.Contains("apiEndpoint"));

    [Test]
    public void KubeFedConfig_Durations_AreGos()
    {
        var config = Object("""
            {"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedConfig","spec":{"scope":"Cluster","controllerDuration":{"availableDelay":"1m30s","unavailableDelay":null}}}
            """).Deserialize(FederationJsonContext.Default.KubeFedConfig);
        Assert.That(config.Spec.ControllerDuration!.AvailableDelay, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(config.Spec.ControllerDuration.UnavailableDelay, Is.Null);
        Assert.That(
            Encoding.UTF8.GetString(KubeObject.From(config, FederationJsonContext.Default.KubeFedConfig).Utf8Json.Span),
            Does.Contain("""
                "spec":{"scope":"Cluster","controllerDuration":{"availableDelay":"1m30s"}}
                """.Trim()));
    }

    [Test]
    public void PropagatedVersion_RoundTrips()
    {
        var record = new PropagatedVersion
        {
            Kind = "ClusterPropagatedVersion",
            Status = new PropagatedVersionStatus { TemplateVersion = "t", ClusterVersions = [new() { ClusterName = "c1", Version = "gen:1", AppliedHash = "h" }] },
        };
        var read = KubeObject.From(record, FederationJsonContext.Default.PropagatedVersion).Deserialize(FederationJsonContext.Default.PropagatedVersion);
        Assert.That(read.Kind, Is.EqualTo("ClusterPropagatedVersion"));
        Assert.That(read.Status!.Find("c1"), Is.EqualTo(record.Status.ClusterVersions[0]));
    }
}
