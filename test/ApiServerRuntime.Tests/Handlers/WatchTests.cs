using System.IO.Pipelines;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Handlers;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Tests.Hosting;
using KubeFed.TestSupport.Waiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeFed.ApiServerRuntime.Tests.Handlers;

[TestFixture]
[CancelAfter(60_000)]
public sealed class WatchTests
{
    private TestApi _api = null!;

    [SetUp]
    public async Task SetUp() => _api = await TestApi.StartAsync();

    [TearDown]
    public async Task TearDown() => await _api.DisposeAsync();

    [Test]
    public async Task Watch_Events_AreLines(CancellationToken cancellationToken)
    {
        await _api.CreateAsync("a");
        using StreamReader lines = await OpenAsync("?watch=1");
        Assert.That(await NextAsync(lines, cancellationToken), Is.EqualTo("ADDED a 101"));
        await _api.SendAsync(HttpMethod.Patch, TestApi.Widgets + "/a", "{\"spec\":{\"size\":\"x\"}}", "application/merge-patch+json");
        Assert.That(await NextAsync(lines, cancellationToken), Is.EqualTo("MODIFIED a 102"));
        await _api.SendAsync(HttpMethod.Delete, TestApi.Widgets + "/a");
        Assert.That(await NextAsync(lines, cancellationToken), Is.EqualTo("DELETED a 103"));
    }

    [Test]
    public async Task Watch_NothingYet_SendsHeadersAtOnce()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, TestApi.Widgets + "?watch=true");
        using HttpResponseMessage response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()), Is.EqualTo((200, "application/json")));
    }

    [Test]
    public async Task Watch_Timeout_EndsCleanly(CancellationToken cancellationToken)
    {
        using StreamReader lines = await OpenAsync("?watch=1&timeoutSeconds=1");
        Assert.That(await lines.ReadToEndAsync(cancellationToken), Is.Empty);
        await Eventually.Equal(0, () => _api.Store.OpenWatches, "the watch is disposed");
    }

    [Test]
    public async Task Watch_ClientGone_IsDisposed()
    {
        StreamReader lines = await OpenAsync("?watch=1");
        await Eventually.Equal(1, () => _api.Store.OpenWatches, "the watch is open");
        lines.Dispose();
        await Eventually.Equal(0, () => _api.Store.OpenWatches, "the watch is disposed");
    }

    [Test]
    public async Task Watch_ReaderGoneBeforeTheRequestIsCancelled_EndsQuietly(CancellationToken cancellationToken)
    {
        await _api.CreateAsync("a");
        var connection = new Pipe();
        await connection.Reader.CompleteAsync();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new PipeBody(connection.Writer));
        http.Request.QueryString = new QueryString("?watch=1");
        var handler = new WatchHandler(_api.Store, TimeSpan.FromMinutes(30), new Random(1), TimeProvider.System, CancellationToken.None);
        RequestInfo info = RequestInfoResolver.Resolve("GET", TestApi.Widgets, http.Request.Query);
        var widgets = new ResourceContext { Type = FakeTypes.Widget, Version = FakeTypes.Widget.Versions[0], Namespace = "default", User = UserInfo.Anonymous };

        await handler.WatchAsync(new ResourceRequest(http, new ApiRequest(info, startedAt: 0), widgets, TimeProvider.System)).WaitAsync(cancellationToken);

        Assert.That((_api.Store.OpenWatches, http.RequestAborted.IsCancellationRequested), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task Watch_StoreEnds_EndsCleanly(CancellationToken cancellationToken)
    {
        using StreamReader lines = await OpenAsync("?watch=1");
        _api.Store.EndWatches();
        Assert.That(await lines.ReadToEndAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Watch_HistoryGone_IsAnErrorEvent(CancellationToken cancellationToken)
    {
        using StreamReader lines = await OpenAsync("?watch=1&resourceVersion=1");
        _api.Store.EndWatches(StatusErrors.Expired("too old resource version: 1 (263)"));
        Assert.That(await lines.ReadToEndAsync(cancellationToken), Is.EqualTo(
            """{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (263)","reason":"Expired","code":410}}""" + "\n"));
    }

    [Test]
    public async Task Watch_BadSelector_IsAnHttpError()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?watch=1&labelSelector=a%20b");
        Assert.That((answer.Code, answer.Text.Contains("unable to parse requirement", StringComparison.Ordinal)), Is.EqualTo((400, true)));
    }

    [Test]
    public async Task Watch_Bookmarks_CarryOnlyTheVersion(CancellationToken cancellationToken)
    {
        using StreamReader lines = await OpenAsync("?watch=1&allowWatchBookmarks=true");
        var item = KubeObject.Parse("""{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"x","resourceVersion":"7"},"spec":{}}"""u8.ToArray());
        _api.Store.Send(WatchEventType.Bookmark, new EventPayload(item));
        _api.Store.Send(WatchEventType.Bookmark, new EventPayload(item, initialEventsEnd: true));
        Assert.That(await lines.ReadLineAsync(cancellationToken), Is.EqualTo(
            """{"type":"BOOKMARK","object":{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"resourceVersion":"7"}}}"""));
        Assert.That(await lines.ReadLineAsync(cancellationToken), Is.EqualTo(
            """{"type":"BOOKMARK","object":{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"annotations":{"k8s.io/initial-events-end":"true"},"resourceVersion":"7"}}}"""));
    }

    [Test]
    public async Task Watch_AsTable_SendsColumnsOnce(CancellationToken cancellationToken)
    {
        await _api.CreateAsync("a");
        await _api.CreateAsync("b");
        using StreamReader lines = await OpenAsync("?watch=1", "application/json;as=Table;v=v1;g=meta.k8s.io");
        JsonNode first = JsonNode.Parse((await lines.ReadLineAsync(cancellationToken))!)!;
        JsonNode second = JsonNode.Parse((await lines.ReadLineAsync(cancellationToken))!)!;
        Assert.That(first["object"]!["columnDefinitions"]!.AsArray(), Has.Count.EqualTo(5));
        Assert.That(second["object"]!["columnDefinitions"]!.AsArray(), Is.Empty);
        Assert.That((string?)second["object"]!["rows"]![0]!["cells"]![0], Is.EqualTo("b"));
        Assert.That((string?)second["object"]!["metadata"]!["resourceVersion"], Is.EqualTo("102"));
    }

    [Test]
    public async Task Watch_AsPartialMetadata_HasOnlyMetadata(CancellationToken cancellationToken)
    {
        await _api.CreateAsync("a");
        using StreamReader lines = await OpenAsync("?watch=1", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io");
        Assert.That(await lines.ReadLineAsync(cancellationToken), Does.StartWith(
            """{"type":"ADDED","object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{""").And.Not.Contain("spec"));
    }

    [Test]
    public async Task Watch_Yaml_Answers406()
    {
        TestApi.Answer answer = await _api.GetAsync(TestApi.Widgets + "?watch=1", ("Accept", "application/yaml"));
        Assert.That(answer.Code, Is.EqualTo(406));
    }

    [Test]
    public async Task Stop_OpenWatch_EndsItCleanly(CancellationToken cancellationToken)
    {
        await _api.CreateAsync("a");
        using StreamReader lines = await OpenAsync("?watch=1");
        Assert.That(await NextAsync(lines, cancellationToken), Is.EqualTo("ADDED a 101"));
        Task stopped = _api.Server.StopAsync(cancellationToken);
        Assert.That(await lines.ReadToEndAsync(cancellationToken), Is.Empty);
        await stopped;
    }

    private async Task<StreamReader> OpenAsync(string query, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, TestApi.Widgets + query);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        HttpResponseMessage response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<string> NextAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        JsonNode json = JsonNode.Parse(await lines.ReadLineAsync(cancellationToken) ?? "null") ?? throw new EndOfStreamException();
        JsonNode metadata = json["object"]!["metadata"]!;
        return $"{json["type"]} {metadata["name"]} {metadata["resourceVersion"]}";
    }

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public void DisableBuffering()
        {
            // Nothing is buffered.
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => writer.CompleteAsync().AsTask();
    }
}
