using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.Golden;

namespace KubeFed.ApiServerRuntime.Tests.Discovery;

[TestFixture]
public sealed class DiscoveryTests
{
    private const string V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string V2Beta1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp() => _api = await TestApi.StartAsync();

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [TestCase("/apis", "groups.json")]
    [TestCase("/apis/demo.example.dev", "group.json")]
    [TestCase("/apis/demo.example.dev/v1", "resources.json")]
    [TestCase("/apis/demo.example.dev/v1beta1/", "resources-beta.json")]
    public async Task Get_Legacy_IsUpstreams(string path, string golden)
    {
        TestApi.Answer answer = await _api.GetAsync(path + "?pretty=true");
        Assert.That((answer.Code, answer.ContentType), Is.EqualTo((200, "application/json")));
        GoldenFile.Match(golden, answer.Text);
    }

    [TestCase($"{V2},{V2Beta1},application/json", "v2")]
    [TestCase($"{V2Beta1},application/json", "v2beta1")]
    [TestCase($"application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList,{V2Beta1},application/json", "v2beta1")]
    [TestCase("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList;profile=nopeer", "v2")]
    public async Task Get_Aggregated_RepeatsTheParameters(string accept, string version)
    {
        TestApi.Answer answer = await _api.GetAsync("/apis", ("Accept", accept));
        Assert.Multiple(() =>
        {
            Assert.That(answer.ContentType, Is.EqualTo($"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList"));
            Assert.That(answer.Headers.Vary, Is.EqualTo(["Accept"]));
            Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("public"));
            Assert.That(answer.Headers.ETag?.Tag, Does.Match("^\"[0-9A-F]{128}\"$"));
        });
        GoldenFile.Match($"aggregated-{version}.json", answer.Text);
    }

    [Test]
    public async Task Get_AggregatedUnchanged_Answers304()
    {
        TestApi.Answer first = await _api.GetAsync("/apis", ("Accept", V2));
        TestApi.Answer second = await _api.GetAsync("/apis", ("Accept", V2), ("If-None-Match", first.Headers.ETag!.Tag));
        Assert.That((second.Code, second.Text), Is.EqualTo((304, string.Empty)));
    }

    [Test]
    public async Task Get_AfterTypesChanged_ShowsThem()
    {
        await _api.GetAsync("/apis");
        _api.Types.Current = new TypeSnapshot([FakeTypes.Gadget with { Group = "new.example.dev" }]);
        Assert.That((await _api.GetAsync("/apis")).Text, Does.Contain("new.example.dev").And.Not.Contain("demo.example.dev"));
        Assert.That((await _api.GetAsync("/apis/new.example.dev/v1/gadgets")).Code, Is.EqualTo(200));
    }

    [Test]
    public async Task Get_CoreGroup_IsAtApi()
    {
        _api.Types.Current = new TypeSnapshot([FakeTypes.Gadget with { Group = string.Empty }]);
        Assert.That((await _api.GetAsync("/api")).Text, Does.StartWith("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]"));
        Assert.That((await _api.GetAsync("/api/v1")).Text, Does.Contain("\"groupVersion\":\"v1\""));
        Assert.That((await _api.GetAsync("/api", ("Accept", V2))).Text, Does.Contain("\"items\":[{\"metadata\":{},\"versions\":[{\"version\":\"v1\""));
        Assert.That((await _api.GetAsync("/apis", ("Accept", V2))).Text, Does.Contain("\"items\":[]"));
    }
}
