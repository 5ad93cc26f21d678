using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Fuzz;

/// <summary>Requests that were once answered wrongly.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class FoundRequestTests
{
    private const string Lists = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    private const string Tables = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static readonly byte[] Patch = """{"metadata":{"labels":{"found":"1"}}}"""u8.ToArray();
    private FuzzServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await FuzzServer.StartAsync();
        Assert.That((await SendAsync(new FuzzRequest("POST", FuzzTypes.Collection, Encoding.UTF8.GetBytes(FuzzTypes.Widget)))).Code, Is.EqualTo(201));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Apply_DeepValueForAListKey_IsRefusedWithoutAPanic()
    {
        JsonNode deep = new JsonObject { ["a"] = 1 };
        for (int i = 0; i < 100; i++)
        {
            deep = new JsonObject { ["a"] = deep };
        }

        string config = $$$"""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"w","ownerReferences":[{"uid":{{{FuzzRequest.Text(deep)}}}}]}}""";

        var (code, text) = await SendAsync(new FuzzRequest("PATCH", FuzzTypes.Collection + "/w?fieldManager=m", Encoding.UTF8.GetBytes(config), "application/apply-patch+yaml"));

        Assert.That(text, Does.Contain("\"kind\":\"Status\"").And.Not.Contain("in a way that it must not"), $"{code}");
        Assert.That(_server.Log.Entries, Is.Empty);
    }

    [Test]
    public async Task Apply_NumberBeyondAllForAListKey_IsRefusedAndNamed()
    {
        const string Config = """{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"w","ownerReferences":[{"uid":1e400}]}}""";

        var (code, text) = await SendAsync(new FuzzRequest("PATCH", FuzzTypes.Collection + "/w?fieldManager=m", Encoding.UTF8.GetBytes(Config), "application/apply-patch+yaml"));

        Assert.That(text, Does.Contain("failed to create typed patch object").And.Contain("uid").And.Not.Contain("in a way that it must not"), $"{code}");
        Assert.That(_server.Log.Entries, Is.Empty);
    }

    [TestCase("PATCH", FuzzTypes.Collection + "/w", Lists, 406)]
    [TestCase("PATCH", FuzzTypes.Collection + "/w?includeObject=x", Tables, 400)]
    [TestCase("DELETE", FuzzTypes.Collection + "/w", Lists, 406)]
    [TestCase("DELETE", FuzzTypes.Collection, "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", 406)]
    public async Task Write_AnswerInAFormThatItCannotHave_IsRefusedBeforeItIsDone(string method, string url, string accept, int expected)
    {
        long before = await _server.RevisionAsync();

        var (code, text) = await SendAsync(new FuzzRequest(method, url, method == "PATCH" ? Patch : null, "application/merge-patch+json", accept));

        Assert.That(code, Is.EqualTo(expected), text);
        Assert.That(await _server.RevisionAsync(), Is.EqualTo(before), "nothing is written");
    }

    [Test]
    public async Task Body_ChunkSizeThatIsNone_IsABadRequest()
    {
        string answer = await _server.AskRawAsync(Encoding.ASCII.GetBytes($"POST {FuzzTypes.Collection} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n{{}}"));

        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("\"kind\":\"Status\""));
        Assert.That(_server.Log.Entries, Is.Empty);
    }

    private async Task<(int Code, string Text)> SendAsync(FuzzRequest request)
    {
        using HttpRequestMessage message = request.ToMessage();
        using HttpResponseMessage answer = await _server.Client.SendAsync(message);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
