using KubeFed.ApiServerRuntime.Auditing;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Tests.Auditing;

[TestFixture, Parallelizable(ParallelScope.All)]
public class AuditPolicyTests
{
    private const string Policy = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        omitManagedFields: true
        rules:
        - level: None
          users: ["system:kube-proxy"]
          verbs: [watch]
          resources: [{group: "", resources: [endpoints, services]}]
        - level: None
          userGroups: ["system:authenticated"]
          nonResourceURLs: ["/api*", "/version"]
        - level: Request
          resources: [{group: "", resources: [configmaps], resourceNames: [one]}]
          namespaces: [kube-system]
          omitManagedFields: false
        - level: RequestResponse
          resources: [{group: apps, resources: ["deployments/*", "*/scale"]}]
          omitStages: [Panic]
        - level: Metadata
          resources: [{group: apps}]
        """;

    [TestCase("GET", "/api/v1/services?watch=1", "system:kube-proxy", AuditLevel.None)]
    [TestCase("GET", "/version", "alice", AuditLevel.None)]
    [TestCase("GET", "/apis", "alice", AuditLevel.None)]
    [TestCase("GET", "/api/v1/namespaces/kube-system/configmaps/one", "alice", AuditLevel.Request)]
    [TestCase("GET", "/api/v1/namespaces/kube-system/configmaps/two", "alice", AuditLevel.None)]
    [TestCase("GET", "/api/v1/namespaces/default/configmaps/one", "alice", AuditLevel.None)]
    [TestCase("GET", "/apis/apps/v1/namespaces/a/deployments/d/status", "alice", AuditLevel.RequestResponse)]
    [TestCase("GET", "/apis/apps/v1/namespaces/a/replicasets/d/scale", "alice", AuditLevel.RequestResponse)]
    [TestCase("GET", "/apis/apps/v1/namespaces/a/replicasets/d/status", "alice", AuditLevel.Metadata)]
    [TestCase("GET", "/metrics", "alice", AuditLevel.None)]
    public void Decide_AnyRequest_TakesTheFirstRuleThatFits(string method, string url, string user, AuditLevel level)
    {
        var parts = url.Split('?');
        var query = new QueryCollection(parts.Length > 1 ? new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["watch"] = "1" } : []);
        var info = RequestInfoResolver.Resolve(method, parts[0], query);
        Assert.That(AuditPolicy.Parse(Policy).Decide(new UserInfo { Name = user, Groups = ["system:authenticated"] }, info).Level, Is.EqualTo(level));
    }

    [Test]
    public void Decide_StagesAndFields_ComeFromPolicyAndRule()
    {
        var policy = AuditPolicy.Parse(Policy);
        var user = new UserInfo { Name = "a" };
        var scale = policy.Decide(user, RequestInfoResolver.Resolve("GET", "/apis/apps/v1/namespaces/a/replicasets/d/scale", new QueryCollection()));
        var map = policy.Decide(user, RequestInfoResolver.Resolve("GET", "/api/v1/namespaces/kube-system/configmaps/one", new QueryCollection()));
        Assert.That(
            (scale.OmitStages.Count, scale.OmitStages.Contains(AuditStage.Panic), scale.OmitManagedFields, map.OmitStages.Count, map.OmitManagedFields),
            Is.EqualTo((2, true, true, 1, false)));
    }

    [TestCase("", "no audit.k8s.io/v1 Policy")]
    [TestCase("a: [", "no YAML")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: []}", "a policy without rules writes nothing")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: metadata}]}", "rules[0].level: Unsupported value: \"metadata\"")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: \"1\"}]}", "rules[0].level")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None, user: [x]}]}", "rules[0].user: Forbidden: unknown field")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None, verbs: get}]}", "rules[0].verbs")]
    [TestCase("{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None, nonResourceURLs: [/x], namespaces: [a]}]}", "cannot apply to both")]
    public void Parse_Malformed_NamesTheField(string text, string message) =>
        Assert.That(() => AuditPolicy.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains(message));
}
