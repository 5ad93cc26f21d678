using KubeFed.TestSupport.Proxies;

namespace KubeFed.TestSupport.Tests.Proxies;

[Parallelizable(ParallelScope.All)]
public sealed class ProxiedRequestTests
{
    [TestCase("/api/v1/namespaces/ns/configmaps/a", "configmaps", "ns", "a", "")]
    [TestCase("/api/v1/namespaces/ns/configmaps", "configmaps", "ns", "", "")]
    [TestCase("/api/v1/configmaps", "configmaps", "", "", "")]
    [TestCase("/api/v1/namespaces", "namespaces", "", "", "")]
    [TestCase("/api/v1/namespaces/ns", "namespaces", "", "ns", "")]
    [TestCase("/apis/apps/v1/namespaces/ns/deployments/web/status", "deployments", "ns", "web", "status")]
    [TestCase("/apis/apps/v1", "", "", "", "")]
    [TestCase("/healthz", "", "", "", "")]
    public void Path_OfAnyKind_IsTakenApart(string path, string resource, string @namespace, string name, string subresource)
    {
        var request = new ProxiedRequest("GET", path, isWatch: false);
        Assert.That((request.Resource, request.Namespace, request.Name, request.Subresource), Is.EqualTo((resource, @namespace, name, subresource)));
    }

    [TestCase("GET", ExpectedResult = false)]
    [TestCase("PATCH", ExpectedResult = true)]
    [TestCase("DELETE", ExpectedResult = true)]
    public bool IsWrite_ByMethod(string method) => new ProxiedRequest(method, "/api/v1/namespaces", isWatch: false).IsWrite;
}
