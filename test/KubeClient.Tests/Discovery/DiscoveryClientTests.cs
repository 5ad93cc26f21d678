using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Discovery;

namespace KubeFed.KubeClient.Tests.Discovery;

public sealed class DiscoveryClientTests
{
    private const string Pods = """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
          {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"],"categories":["all"]},
          {"name":"pods/status","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]},
          {"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1beta1","kind":"Eviction","verbs":["create"]}]}
        """;

    private const string Deployments = """
        {"resources":[{"name":"deployments","singularName":"","namespaced":true,"kind":"Deployment","verbs":["list"],"shortNames":["deploy"]}]}
        """;

    private const string Groups = """
        {"kind":"APIGroupList","groups":[
          {"name":"apps","versions":[{"groupVersion":"apps/v1beta1","version":"v1beta1"},{"groupVersion":"apps/v1","version":"v1"}],
           "preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},
          {"name":"metrics.k8s.io","versions":[{"version":"v1beta1"}],"preferredVersion":{"version":"v1beta1"}}]}
        """;

    private const string AggregatedCore = """
        {"items":[{"metadata":{},"versions":[{"version":"v1","resources":[
          {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","verbs":["get"]}]}]}]}
        """;

    private const string AggregatedApps = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
          {"metadata":{"name":"apps"},"versions":[{"version":"v1","freshness":"Current","resources":[
             {"resource":"deployments","responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"scope":"Namespaced",
              "singularResource":"deployment","verbs":["list"],"shortNames":["deploy"],
              "subresources":[{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"}}]}]},
            {"version":"v1beta1","freshness":"Current","resources":[
             {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},"scope":"Namespaced"}]}]},
          {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}
        """;

    private static readonly string[] Odd =
    [
        "null", "[]", "{}", "1", "\"x\"", "{", """{"groups":[null]}""", """{"groups":[{"name":null,"versions":[null,{}]}]}""",
        """{"items":[null,{"metadata":null,"versions":[{"version":"v1","resources":[null,{},{"resource":"x"}]}]}]}""",
        """{"resources":[null,{"name":"/","kind":"K"},{"name":"x"}]}""", """{"versions":[null,"","v1"]}""", """{"items":{}}""",
    ];

    private readonly RoutedTransport _transport = new();

    private DiscoveryClient Client => new(_transport);

    [SetUp]
    public void Forget() => _transport.Routes.Clear();

    [Test]
    public async Task Discover_Legacy_ReadsGroupByGroup()
    {
        _transport.Json("api", """{"versions":["v1"]}""");
        _transport.Json("api/v1", Pods);
        _transport.Json("apis", Groups);
        _transport.Json("apis/apps/v1", Deployments);
        _transport.Json("apis/apps/v1beta1", Deployments);
        _transport.Json("apis/metrics.k8s.io/v1beta1", "503 upstream is down");

        var found = await Client.DiscoverAsync();

        Assert.That(found.Groups.Select(g => $"{g.Name}:{string.Join("+", g.Versions)}"), Is.EqualTo(new[] { ":v1", "apps:v1+v1beta1", "metrics.k8s.io:v1beta1" }));
        Assert.That(found.Resources.Select(r => r.Resource.ToString()), Is.EqualTo(
            new[] { "v1, Resource=pods", "apps/v1, Resource=deployments", "apps/v1beta1, Resource=deployments" }));
        Assert.That(found.Resources.Select(r => r.IsPreferredVersion), Is.EqualTo(new[] { true, true, false }));
        Assert.That(found.Resources[0].Subresources, Is.EqualTo(new[] { "status", "eviction" }));
        Assert.That(found.Resources[0].Kind, Is.EqualTo(new GroupVersionKind("", "v1", "Pod")));
        Assert.That(found.Failures.Keys, Is.EqualTo(new[] { new GroupVersion("metrics.k8s.io", "v1beta1") }));
        Assert.That(found.Failures.Values.Single(), Does.Contain("503"));
    }

    [Test]
    public async Task Discover_ManyGroups_AsksEightAtOnceAtMost()
    {
        var names = Enumerable.Range(0, 100).Select(i => $$"""{"name":"g{{i}}","versions":[{"version":"v1"}]}""");
        _transport.Json("apis", $$"""{"groups":[{{string.Join(",", names)}}]}""");

        var found = await Client.DiscoverAsync();

        Assert.That(found.Failures, Has.Count.EqualTo(100));
        Assert.That(_transport.MostAtOnce, Is.LessThanOrEqualTo(8));
    }

    [Test]
    public async Task Discover_Aggregated_TakesTwoRequests()
    {
        _transport.AggregatedJson("api", AggregatedCore);
        _transport.AggregatedJson("apis", AggregatedApps);
        var before = _transport.Asked.Count;

        var found = await Client.DiscoverAsync();

        Assert.That(_transport.Asked.Skip(before), Is.EquivalentTo(new[] { "api", "apis" }));
        Assert.That(found.Resources.Select(r => $"{r.Resource.GroupVersion}/{r.Kind.Kind}"), Is.EqualTo(
            new[] { "v1/Pod", "apps/v1/Deployment", "apps/v1beta1/Deployment" }));
        Assert.That(found.Resources[1].SingularName, Is.EqualTo("deployment"));
        Assert.That(found.Resources[1].Subresources, Is.EqualTo(new[] { "scale" }));
        Assert.That(found.Resources[1].IsPreferredVersion, Is.True);
        Assert.That(found.Resources[2].Kind, Is.EqualTo(new GroupVersionKind("apps", "v1beta1", "Deployment")));
        Assert.That(found.Failures.Keys.Single().ToString(), Is.EqualTo("metrics.k8s.io/v1beta1"));
    }

    [Test]
    public async Task Discover_OnlyOneRootAggregated_ReadsTheOtherGroupByGroup()
    {
        _transport.Json("api", """{"versions":["v1"]}""");
        _transport.Json("api/v1", Pods);
        _transport.AggregatedJson("apis", AggregatedApps);

        var found = await Client.DiscoverAsync();

        Assert.That(found.Resources.Select(r => r.Resource.Resource), Is.EqualTo(new[] { "pods", "deployments", "deployments" }));
    }

    [Test]
    public async Task Discover_NoKubernetes_SaysSo()
    {
        var e = await Assert.ThrowsAsync<HttpRequestException>(async () => await Client.DiscoverAsync());

        Assert.That(e!.Message, Does.Contain("serves no Kubernetes API"));
    }

    [Test]
    public async Task Discover_Refused_ThrowsTheStatus()
    {
        _transport.Json("api", "403 forbidden");

        var e = await Assert.ThrowsAsync<StatusException>(async () => await Client.DiscoverAsync());

        Assert.That(e!.IsForbidden, Is.True);
    }

    [Test]
    public async Task Discover_OddJson_GivesAnAnswerOrARequestException([ValueSource(nameof(Odd))] string api, [ValueSource(nameof(Odd))] string other)
    {
        _transport.Json("api", api);
        _transport.Json("api/v1", other);
        _transport.AggregatedJson("apis", other);

        Assert.That(await SurvivesAsync(Client), Is.True);
    }

    [Test]
    public async Task Discover_NullsAmongNames_AreLeftOut()
    {
        _transport.Json("api", """{"versions":["v1"]}""");
        _transport.Json("api/v1", """{"resources":[{"name":"pods","kind":"Pod","verbs":[null,"get"],"shortNames":[null,"po"],"categories":[null]}]}""");
        _transport.AggregatedJson("apis", """
            {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
              {"resource":"deployments","responseKind":{"kind":"Deployment"},"verbs":["list",null],"shortNames":[null],"categories":[null,"all"]}]}]}]}
            """);

        var mapper = new RestMapper(Client);
        var pods = await mapper.ResolveAsync("po");
        var deployments = await mapper.ResolveAsync("deployments");

        Assert.That((pods.Verbs, pods.ShortNames, pods.Categories), Is.EqualTo((new[] { "get" }, new[] { "po" }, Array.Empty<string>())));
        Assert.That(
            (deployments.Verbs, deployments.ShortNames, deployments.Categories), Is.EqualTo((new[] { "list" }, Array.Empty<string>(), new[] { "all" })));
    }

    [TestCase("""{"major":"1","minor":"20+","gitVersion":"v1.20.9-eks.1","platform":"linux/amd64"}""", 1, 20, "v1.20.9-eks.1")]
    [TestCase("""{"major":"","minor":"","gitVersion":"v1.31.2"}""", 1, 31, "v1.31.2")]
    [TestCase("""{"major":"1","minor":"35"}""", 1, 35, "v1.35")]
    [TestCase("{}", 0, 0, "v0.0")]
    public async Task GetVersion_Forms_AreRead(string json, int major, int minor, string text)
    {
        _transport.Json("version", json);

        var version = await Client.GetVersionAsync();

        Assert.That((version.Major, version.Minor, version.ToString()), Is.EqualTo((major, minor, text)));
        Assert.That(version.IsAtLeast(major, minor), Is.True);
        Assert.That(version.IsAtLeast(major, minor + 1), Is.False);
    }

    private static async Task<bool> SurvivesAsync(DiscoveryClient client)
    {
        try
        {
            return (await client.DiscoverAsync()).Groups.Count > 0;
        }
        catch (Exception e) when (e is HttpRequestException)
        {
            return e.Message.Length > 0;
        }
    }
}
