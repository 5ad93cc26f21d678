using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.DevClusters.Quotas;

namespace KubeFed.DevClusters.Tests.Quotas;

internal sealed class QuotaUsageTests
{
    private static readonly GroupResource Pods = new(string.Empty, "pods");

    [TestCase("pods", "{}", "count/pods=1 pods=1")]
    [TestCase("pods", """{"status":{"phase":"Failed"}}""", "count/pods=1")]
    [TestCase(
        "pods",
        """{"spec":{"containers":[{"resources":{"requests":{"cpu":"1"},"limits":{"memory":"1Gi"}}},{"resources":{"requests":{"cpu":"500m"}}}],"initContainers":[{"resources":{"requests":{"cpu":"2"}}}]}}""",
        "count/pods=1 cpu=2 limits.memory=1Gi pods=1 requests.cpu=2")]
    [TestCase("services", """{"spec":{"type":"LoadBalancer","ports":[{},{}]}}""", "count/services=1 services=1 services.loadbalancers=1 services.nodeports=2")]
    [TestCase("persistentvolumeclaims", """{"spec":{"resources":{"requests":{"storage":"3Gi"}}}}""", "count/persistentvolumeclaims=1 persistentvolumeclaims=1 requests.storage=3Gi")]
    [TestCase("configmaps", "{}", "configmaps=1 count/configmaps=1")]
    [TestCase("endpoints", "{}", "count/endpoints=1")]
    public void Of_Object_IsWhatAQuotaCounts(string resource, string item, string usage) => Assert.That(
        string.Join(' ', QuotaUsage.Of(new GroupResource(string.Empty, resource), JsonNode.Parse(item)!.AsObject()).OrderBy(static u => u.Key, StringComparer.Ordinal).Select(static u => $"{u.Key}={u.Value}")),
        Is.EqualTo(usage));

    [TestCase("pods", "", "pods")]
    [TestCase("limits.cpu", "", "pods")]
    [TestCase("requests.storage", "", "persistentvolumeclaims")]
    [TestCase("services.nodeports", "", "services")]
    [TestCase("secrets", "", "secrets")]
    [TestCase("count/deployments.apps", "apps", "deployments")]
    [TestCase("count/configmaps", "", "configmaps")]
    public void ResourceOf_Name_IsWhatIsCounted(string name, string group, string resource) =>
        Assert.That(QuotaUsage.ResourceOf(name), Is.EqualTo(new GroupResource(group, resource)));

    [TestCase("""{"scopes":["BestEffort"]}""", """{"status":{"qosClass":"BestEffort"}}""", true)]
    [TestCase("""{"scopes":["BestEffort","Terminating"]}""", """{"status":{"qosClass":"BestEffort"}}""", false)]
    [TestCase("""{"scopes":["NotTerminating","NotBestEffort"]}""", """{"spec":{}}""", true)]
    [TestCase("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["high"]}]}}""", """{"spec":{"priorityClassName":"high"}}""", true)]
    [TestCase("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"Exists"}]}}""", "{}", false)]
    [TestCase("{}", "{}", true)]
    public void Choose_Pod_ByAllScopes(string spec, string pod, bool chosen) =>
        Assert.That(QuotaScopes.Choose(JsonNode.Parse(spec), Pods, JsonNode.Parse(pod)!.AsObject()), Is.EqualTo(chosen));

    [Test]
    public void Choose_OtherObjectsByAScope_IsNone() =>
        Assert.That(QuotaScopes.Choose(JsonNode.Parse("""{"scopes":["BestEffort"]}"""), new GroupResource(string.Empty, "services"), []), Is.False);
}
