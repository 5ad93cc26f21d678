using System.Net;
using System.Text;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Transport;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.TestSupport.Time;

namespace KubeFed.Kubefedctl.Tests.Clusters;

[Parallelizable(ParallelScope.All)]
public sealed class OpenApiReaderTests
{
    private const string Kinds = """
        "x-kubernetes-group-version-kind":[{"group":"apps","version":"v1","kind":"Deployment"}]
        """;

    private static readonly GroupVersionKind Deployment = new("apps", "v1", "Deployment");

    [Test]
    public async Task FindKindAsync_SpecByReference_IsResolved()
    {
        var found = await ReadAsync($$"""
            {"components":{"schemas":{
              "spec":{"type":"object"},
              "deployment":{ {{Kinds}},"properties":{"spec":{"allOf":[{"$ref":"#/components/schemas/spec"}]} } } } } }
            """);

        Assert.That(found, Does.Contain("\"spec\":{\"type\":\"object\"}"));
    }

    [TestCase("[]")]
    [TestCase("""{"components":[]}""")]
    [TestCase("""{"components":{"schemas":[]}}""")]
    [TestCase("""{"components":{"schemas":"none"}}""")]
    [TestCase("""{"components":{"schemas":{"a":1,"b":null,"c":[]}}}""")]
    [TestCase("""{"components":{"schemas":{"a":{"x-kubernetes-group-version-kind":[1,null,"x"]}}}}""")]
    public async Task FindKindAsync_DocumentOfAnotherShape_FindsNothing(string document) =>
        Assert.That(await ReadAsync(document), Is.Null);

    [TestCase("""[]""")]
    [TestCase("""{"spec":1}""")]
    [TestCase("""{"spec":{"$ref":1}}""")]
    [TestCase("""{"spec":{"allOf":{}}}""")]
    [TestCase("""{"spec":{"allOf":[]}}""")]
    [TestCase("""{"spec":{"allOf":[1]}}""")]
    [TestCase("""{"spec":{"$ref":"#/components/schemas/number"}}""")]
    public async Task FindKindAsync_PropertiesOfAnotherShape_AreLeftAsTheyAre(string properties)
    {
        var found = await ReadAsync($$"""{"components":{"schemas":{"number":1,"deployment":{ {{Kinds}},"properties":{{properties}} } } } }""");

        Assert.That(found, Does.Contain(properties));
    }

    private static async Task<string?> ReadAsync(string document) =>
        (await new OpenApiReader(new OneAnswer(document), new FakeTimeProvider()).FindKindAsync(Deployment, CancellationToken.None))?.ToJsonString();

    private sealed class OneAnswer(string body) : IKubeTransport
    {
        public Uri BaseAddress { get; } = new("https://host.example.com/");

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
