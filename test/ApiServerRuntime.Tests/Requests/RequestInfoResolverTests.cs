using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace KubeFed.ApiServerRuntime.Tests.Requests;

[TestFixture]
public sealed class RequestInfoResolverTests
{
    // verb, group, version, namespace, resource, subresource, name
    [TestCase("GET", "/api/v1/namespaces", "list,,v1,,namespaces,,")]
    [TestCase("GET", "/api/v1/namespaces/other", "get,,v1,other,namespaces,,other")]
    [TestCase("PUT", "/api/v1/namespaces/other/finalize", "update,,v1,other,namespaces,finalize,other")]
    [TestCase("PUT", "/api/v1/namespaces/other/status", "update,,v1,other,namespaces,status,other")]
    [TestCase("GET", "/api/v1/namespaces/other/pods", "list,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods/foo", "get,,v1,other,pods,,foo")]
    [TestCase("HEAD", "/api/v1/namespaces/other/pods/foo", "get,,v1,other,pods,,foo")]
    [TestCase("GET", "/api/v1/pods", "list,,v1,,pods,,")]
    [TestCase("POST", "/api/v1/pods", "create,,v1,,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods?watch=1", "watch,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods?watch", "watch,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods?watch=false", "list,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods?watch=0", "list,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/namespaces/other/pods/foo?watch=1", "get,,v1,other,pods,,foo")]
    [TestCase("GET", "/api/v1/watch/namespaces/other/pods", "watch,,v1,other,pods,,")]
    [TestCase("GET", "/api/v1/watch/pods", "watch,,v1,,pods,,")]
    [TestCase("GET", "/apis/g/v1/namespaces/a/widgets/w/status", "get,g,v1,a,widgets,status,w")]
    [TestCase("PATCH", "/apis/g/v1/namespaces/a/widgets/w/scale", "patch,g,v1,a,widgets,scale,w")]
    [TestCase("DELETE", "/apis/g/v1/namespaces/a/widgets", "deletecollection,g,v1,a,widgets,,")]
    [TestCase("DELETE", "/apis/g/v1/namespaces/a/widgets/w", "delete,g,v1,a,widgets,,w")]
    [TestCase("GET", "/apis/g/v1/gadgets/w", "get,g,v1,,gadgets,,w")]
    [TestCase("GET", "/apis/g/v1/gadgets?fieldSelector=metadata.name%3Dw", "list,g,v1,,gadgets,,w")]
    [TestCase("GET", "/apis/g/v1/gadgets?fieldSelector=metadata.name%3Dw&watch=true", "watch,g,v1,,gadgets,,w")]
    [TestCase("GET", "/apis/g/v1/gadgets?fieldSelector=metadata.name!%3Dw", "list,g,v1,,gadgets,,")]
    [TestCase("GET", "/apis/g/v1/gadgets?fieldSelector=metadata.name%3Da%2Fb", "list,g,v1,,gadgets,,")]
    [TestCase("GET", "/apis/g/v1/gadgets?fieldSelector=metadata.name%3Dw,,x", "list,g,v1,,gadgets,,")]
    [TestCase("OPTIONS", "/apis/g/v1/gadgets/w", ",g,v1,,gadgets,,w")]
    public void Resolve_Resource_IsUpstreams(string method, string url, string expected)
    {
        RequestInfo info = Resolve(method, url);
        Assert.That(info.IsResourceRequest);
        Assert.That(
            string.Join(',', info.Verb, info.Group, info.Version, info.Namespace, info.Resource, info.Subresource, info.Name), Is.EqualTo(expected));
    }

    [TestCase("/")]
    [TestCase("")]
    [TestCase("/api")]
    [TestCase("/api/v1")]
    [TestCase("/apis")]
    [TestCase("/apis/g")]
    [TestCase("/apis/g/v1")]
    [TestCase("/apis/g/v1/")]
    [TestCase("/healthz/etcd/more")]
    [TestCase("/openapi/v3/apis/g/v1")]
    [TestCase("/api/v1/watch")]
    public void Resolve_Path_IsNoResource(string path)
    {
        RequestInfo info = Resolve("GET", path);
        Assert.That(info.IsResourceRequest, Is.False);
        Assert.That((info.Verb, info.Path), Is.EqualTo(("get", path)));
    }

    [FsCheck.NUnit.Property]
    public bool Resolve_AnyText_NeverFails(string method, string path, string query) =>
        RequestInfoResolver.Resolve(method ?? "GET", path ?? "/", Query("?fieldSelector=" + Uri.EscapeDataString(Whole(query)))) is not null;

    private static string Whole(string? text) => new([.. (text ?? string.Empty).Where(c => !char.IsSurrogate(c))]);

    private static RequestInfo Resolve(string method, string url)
    {
        string[] parts = url.Split('?', 2);
        return RequestInfoResolver.Resolve(method, parts[0], Query(parts.Length > 1 ? "?" + parts[1] : string.Empty));
    }

    private static QueryCollection Query(string text) => new(QueryHelpers.ParseQuery(text));
}
