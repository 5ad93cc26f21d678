using System.Text.Json.Nodes;
using KubeFed.FederationControllerManager.Webhooks;

namespace KubeFed.FederationControllerManager.Tests.Webhooks;

[TestFixture]
public sealed class AdmissionReviewerTests
{
    private const string GoodCluster = """{"apiEndpoint":"https://c1.example.com","secretRef":{"name":"c1"}}""";
    private const string BadCluster = """{"apiEndpoint":"tcp://c1.example.com","secretRef":{"name":"c1"}}""";
    private const string GoodObject = """{"template":{"spec":{"replicas":1}},"placement":{"clusters":[{"name":"c1"}]}}""";
    private const string BadObject = """{"template":{"spec":{}},"overrides":[{"clusterName":"c1","clusterOverrides":[{"op":"add","path":"/spec/a/b","value":1}]}]}""";

    private readonly AdmissionReviewer _reviewer = new(new FakeTargets());

    [TestCase("KubeFedCluster", "kubefedclusters", GoodCluster)]
    [TestCase("KubeFedConfig", "kubefedconfigs", """{"scope":"Cluster"}""")]
    [TestCase("FederatedTypeConfig", "federatedtypeconfigs", """{"propagation":"Enabled","targetType":{"version":"v1","kind":"ConfigMap","pluralName":"configmaps","scope":"Namespaced"},"federatedType":{"group":"types.kubefed.io","version":"v1beta1","kind":"FederatedConfigMap","pluralName":"federatedconfigmaps","scope":"Namespaced"}}""")]
    [TestCase("FederatedDeployment", "federateddeployments", GoodObject)]
    [TestCase("FederatedThing", "federatedthings", BadObject, Description = "nobody knows what it becomes")]
    public void Review_GoodObjects_AreAllowed(string kind, string resource, string spec)
    {
        var response = Review(Reviews.Of(kind, resource, spec));

        Assert.That(response.ToJsonString(), Is.EqualTo("""{"uid":"u-1","allowed":true}"""));
    }

    [TestCase("KubeFedCluster", "kubefedclusters", BadCluster, "spec.apiEndpoint")]
    [TestCase("KubeFedCluster", "kubefedclusters", """{"apiEndpoint":"c1.example.com","secretRef":{"name":"c1"},"proxyURL":"socks6://x"}""", "spec.proxyURL")]
    [TestCase("KubeFedConfig", "kubefedconfigs", """{"scope":"Everything"}""", "spec.scope")]
    [TestCase("KubeFedConfig", "kubefedconfigs", """{"scope":"Cluster","clusterHealthCheck":{"period":"0s"}}""", "spec.clusterHealthCheck.period")]
    [TestCase("FederatedTypeConfig", "federatedtypeconfigs", """{"propagation":"Sometimes","targetType":{"version":"v1","kind":"ConfigMap","pluralName":"configmaps","scope":"Namespaced"},"federatedType":{"group":"types.kubefed.io","version":"v1beta1","kind":"FederatedConfigMap","pluralName":"federatedconfigmaps","scope":"Namespaced"}}""", "spec.propagation")]
    [TestCase("FederatedDeployment", "federateddeployments", BadObject, "spec.overrides[0].clusterOverrides[0].path")]
    public void Review_BadObjects_AreRefusedAtTheField(string kind, string resource, string spec, string field)
    {
        var response = Review(Reviews.Of(kind, resource, spec));

        Assert.Multiple(() =>
        {
            Assert.That((bool)response["allowed"]!, Is.False);
            Assert.That((string?)response["uid"], Is.EqualTo("u-1"));
            Assert.That((int)response["status"]!["code"]!, Is.EqualTo(422));
            Assert.That((string?)response["status"]!["reason"], Is.EqualTo("Invalid"));
            Assert.That(response["status"]!["details"]!["causes"]!.AsArray().Select(static cause => (string?)cause!["field"]), Does.Contain(field));
            Assert.That((string?)response["status"]!["message"], Does.Contain(field));
        });
    }

    [Test]
    public void Review_UnknownCluster_IsWarnedOf()
    {
        var response = Review(Reviews.Of("FederatedDeployment", "federateddeployments", """{"template":{},"placement":{"clusters":[{"name":"c2"}]}}"""));

        Assert.That((bool)response["allowed"]!, Is.True);
        Assert.That((string?)response["warnings"]!.AsArray().Single(), Does.Contain("cluster \"c2\" is not registered"));
    }

    [TestCase("KubeFedCluster", "kubefedclusters", BadCluster)]
    [TestCase("FederatedDeployment", "federateddeployments", BadObject)]
    public void Review_UpdateThatLeavesTheSpec_IsAllowed(string kind, string resource, string spec) =>
        Assert.That((bool)Review(Reviews.Of(kind, resource, spec, oldSpec: spec))["allowed"]!, Is.True, "what is stored stays removable");

    [Test]
    public void Review_UpdateThatBreaksTheSpec_IsRefused() =>
        Assert.That((bool)Review(Reviews.Of("KubeFedCluster", "kubefedclusters", BadCluster, oldSpec: GoodCluster))["allowed"]!, Is.False);

    [Test]
    public void Review_ScopeChanged_IsRefused() => Assert.That(
        (string?)Review(Reviews.Of("KubeFedConfig", "kubefedconfigs", """{"scope":"Namespaced"}""", oldSpec: """{"scope":"Cluster"}"""))["status"]!["message"],
        Does.Contain("field is immutable"));

    [Test]
    public void Review_StatusOfACluster_HasItsOwnRules()
    {
        const string Status = """{"conditions":[{"type":"Ready","status":"Perhaps","lastProbeTime":"2026-01-01T00:00:00Z"}]}""";
        var response = Review(Reviews.Of("KubeFedCluster", "kubefedclusters", BadCluster, oldSpec: BadCluster, subresource: "status", status: Status));

        Assert.That((string?)response["status"]!["message"], Does.Contain("status.conditions[0].status"));
    }

    [Test]
    public void Review_StatusOfAFederatedObject_IsNotJudged() => Assert.That(
        (bool)Review(Reviews.Of("FederatedDeployment", "federateddeployments", BadObject, oldSpec: GoodObject, subresource: "status"))["allowed"]!, Is.True);

    [Test]
    public void Review_Deletion_IsAllowed()
    {
        var review = Reviews.Of("KubeFedCluster", "kubefedclusters", BadCluster);
        review["request"]!["operation"] = "DELETE";

        Assert.That((bool)Review(review)["allowed"]!, Is.True);
    }

    [Test]
    public void Review_ObjectOfAnotherShape_IsRefused() => Assert.That(
        (int)Review(Reviews.Of("KubeFedCluster", "kubefedclusters", """{"apiEndpoint":7}"""))["status"]!["code"]!, Is.EqualTo(400));

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("{}")]
    [TestCase("""{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{}}""")]
    [TestCase("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[]}""")]
    public void Review_NoReview_IsAFormatError(string body) => Assert.That(() => _reviewer.Review(JsonNode.Parse(body)), Throws.TypeOf<FormatException>());

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Review_AnyRequest_IsAnswered(string? group, string? kind, int shape)
    {
        var review = Reviews.Of("FederatedDeployment", "federateddeployments", GoodObject);
        var request = review["request"]!.AsObject();
        request["kind"] = shape % 3 == 0 ? JsonValue.Create(kind) : new JsonObject { ["group"] = group, ["kind"] = kind };
        request["resource"] = shape % 5 == 0 ? new JsonArray() : new JsonObject { ["group"] = group, ["resource"] = kind };
        request["object"] = shape % 7 == 0 ? JsonValue.Create(shape) : request["object"]!.DeepClone();

        Assert.That((string?)Review(review)["uid"], Is.EqualTo("u-1"));
    }

    private JsonObject Review(JsonObject review) => _reviewer.Review(review)["response"]!.AsObject();
}
