using System.Net;
using System.Net.Http.Headers;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.TestSupport.Time;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;
using static KubeFed.KubeClient.Tests.Dynamic.ScriptedTransport;

namespace KubeFed.KubeClient.Tests.Dynamic;

[Parallelizable(ParallelScope.All)]
public sealed class DynamicClientRetryTests
{
    private const string Object = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"namespace":"ns","name":"a","resourceVersion":"7"}}""";

    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");
    private static readonly NamespacedName Name = new("ns", "a");
    private static readonly KubeObject Value = KubeObject.Parse(System.Text.Encoding.UTF8.GetBytes(Object));

    [TestCase(429)]
    [TestCase(503)]
    public async Task Writes_RetryAfter_AreSentAgainAfterTheWait(int code)
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport(Busy(code, 2), Busy(code, 3), Ok(Object));
        var call = new DynamicClient(transport, time: time).UpdateAsync(ConfigMaps, Value);
        await AdvanceAsync(time, transport, 1, 2);
        await AdvanceAsync(time, transport, 2, 3);
        Assert.That((await call).Metadata.Name, Is.EqualTo("a"));
    }

    [TestCase("get", true)]
    [TestCase("list", true)]
    [TestCase("update", true)]
    [TestCase("delete", true)]
    [TestCase("apply", true)]
    [TestCase("create", false)]
    [TestCase("patch", false)]
    [TestCase("delete all", false)]
    public async Task AnyCall_ServiceUnavailable_IsSentAgainOnlyIfTwiceIsAsGoodAsOnce(string call, bool again)
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport(Busy(503, 2), Ok(Object));
        var answer = CallAsync(new DynamicClient(transport, time: time), call);
        if (again)
        {
            await AdvanceAsync(time, transport, 1, 2);
            await answer;
        }
        else
        {
            await Assert.ThrowsAsync<StatusException>(() => answer.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.That(transport.Requests, Has.Count.EqualTo(again ? 2 : 1));
    }

    [TestCase("create")]
    [TestCase("patch")]
    [TestCase("delete all")]
    public async Task AnyCall_TooManyRequests_IsSentAgainSinceNothingWasDone(string call)
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport(Busy(429, 2), Ok(Object));
        var answer = CallAsync(new DynamicClient(transport, time: time), call);
        await AdvanceAsync(time, transport, 1, 2);
        await answer;
        Assert.That(transport.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task GetAsync_RetryAfterBeyondDeadline_FailsAtOnceWithTheAdvice()
    {
        var transport = new ScriptedTransport(Busy(429, 60));
        var e = await Assert.ThrowsAsync<StatusException>(() => new DynamicClient(transport, time: new FakeTimeProvider()).GetAsync(ConfigMaps, Name));
        Assert.That((e!.IsTooManyRequests, e.RetryAfter), Is.EqualTo((true, TimeSpan.FromSeconds(60))));
    }

    [Test]
    public async Task GetAsync_AlwaysBusy_GivesUpAfterTheAttempts()
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport((_, _, _) => Task.FromResult(Busy(429, 1)));
        var call = new DynamicClient(transport, new DynamicClientOptions { MaxAttempts = 3 }, time).GetAsync(ConfigMaps, Name);
        await Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return call.IsCompleted;
            },
            "the call to give up");
        await Assert.ThrowsAsync<StatusException>(() => call);
        Assert.That(transport.Requests, Has.Count.EqualTo(3));
    }

    [TestCase(429)]
    [TestCase(500)]
    [TestCase(504)]
    public async Task GetAsync_FailureWithoutRetryAfter_IsNotSentAgain(int code)
    {
        var transport = new ScriptedTransport(Answer((HttpStatusCode)code, "no", "text/plain"));
        await Assert.ThrowsAsync<StatusException>(() => new DynamicClient(transport).GetAsync(ConfigMaps, Name));
        Assert.That(transport.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task GetAsync_ConnectionBreaks_IsSentAgain()
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport((i, _, _) => i == 0 ? throw Broken() : Task.FromResult(Ok(Object)));
        var call = new DynamicClient(transport, time: time).GetAsync(ConfigMaps, Name);
        await AdvanceAsync(time, transport, 1, 1);
        Assert.That((await call).Metadata.Name, Is.EqualTo("a"));
    }

    [Test]
    public async Task UpdateAsync_ConnectionBreaks_IsNotSentAgain()
    {
        var transport = new ScriptedTransport((_, _, _) => throw Broken());
        await Assert.ThrowsAsync<HttpRequestException>(() => new DynamicClient(transport).UpdateAsync(ConfigMaps, Value));
        Assert.That(transport.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task GetAsync_NoAnswer_IsTimeoutWithItsReason()
    {
        var time = new FakeTimeProvider();
        var transport = new ScriptedTransport((_, _, token) => Never(token));
        var call = new DynamicClient(transport, time: time).GetAsync(ConfigMaps, Name);
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(30));
        var e = await Assert.ThrowsAsync<StatusException>(() => call);
        Assert.Multiple(() =>
        {
            Assert.That(e!.IsTimeout);
            Assert.That(e.InnerException, Is.TypeOf<TimeoutException>());
            Assert.That(e.Message, Is.EqualTo("api.test:6443 did not answer GET /api/v1/namespaces/ns/configmaps/a within 30 s"));
        });
    }

    [Test]
    public async Task GetAsync_TransportGivesUpConnecting_IsUnreachable()
    {
        var transport = new ScriptedTransport((_, _, _) => throw new TaskCanceledException("connect timed out"));
        await Assert.ThrowsAsync<HttpRequestException>(() => new DynamicClient(transport).UpdateAsync(ConfigMaps, Value));
    }

    [Test]
    public async Task GetAsync_CallerCancels_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var call = new DynamicClient(new ScriptedTransport((_, _, token) => Never(token))).GetAsync(ConfigMaps, Name, cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => call);
    }

    [TestCase(false, 330)]
    [TestCase(true, 190)]
    public async Task WatchAsync_Silence_IsGivenUp(bool afterBookmark, int seconds)
    {
        var time = new FakeTimeProvider();
        var first = afterBookmark ? """{"type":"BOOKMARK","object":{"kind":"A","apiVersion":"v1","metadata":{"resourceVersion":"9"}}}""" : " ";
        var stream = new SilentStream(System.Text.Encoding.UTF8.GetBytes(first));
        var transport = new ScriptedTransport(new HttpResponseMessage { Content = new StreamContent(stream) });
        var seen = 0;
        var watch = Task.Run(async () =>
        {
            await foreach (var _ in new DynamicClient(transport, time: time).WatchAsync(ConfigMaps, null, new WatchOptions { Timeout = TimeSpan.FromSeconds(300) }))
            {
                seen++;
            }
        });
        await stream.Silent.WaitAsync(TimeSpan.FromSeconds(30));
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.That(watch.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        var e = await Assert.ThrowsAsync<IOException>(() => watch);
        Assert.That(e!.Message, Is.EqualTo($"the watch was silent for {seconds} s: the connection counts as dead"));
        Assert.That(seen, Is.EqualTo(afterBookmark ? 1 : 0));
    }

    [Test]
    public async Task ListAllAsync_ExpiredOnTheWay_GoesOnWithTheOfferedToken()
    {
        var transport = new ScriptedTransport(
            Ok("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"5","continue":"one"},"items":[{"metadata":{"name":"a"}}]}"""),
            Answer(HttpStatusCode.Gone, """{"kind":"Status","apiVersion":"v1","metadata":{"continue":"two"},"status":"Failure","message":"too old","reason":"Expired","code":410}"""),
            Ok("""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"b"}}]}"""));
        var names = new List<string>();
        await foreach (var item in new DynamicClient(transport).ListAllAsync(ConfigMaps, null))
        {
            names.Add(item.Metadata.Name);
        }

        Assert.That(names, Is.EqualTo(["a", "b"]));
        Assert.That(transport.Requests[2].Uri, Does.EndWith("?limit=500&continue=two"));
    }

    [Test]
    public async Task ListAllAsync_PageNamesItself_Throws()
    {
        const string Page = """{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"5","continue":"same"},"items":[]}""";
        var client = new DynamicClient(new ScriptedTransport((_, _, _) => Task.FromResult(Ok(Page))));
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var item in client.ListAllAsync(ConfigMaps, null))
            {
                Assert.Fail($"{item} of an empty page");
            }
        });
    }

    private static Task CallAsync(DynamicClient client, string call) => call switch
    {
        "get" => client.GetAsync(ConfigMaps, Name),
        "list" => client.ListAsync(ConfigMaps, "ns"),
        "update" => client.UpdateAsync(ConfigMaps, Value),
        "delete" => client.DeleteAsync(ConfigMaps, Name),
        "apply" => client.ApplyAsync(ConfigMaps, Name, "{}"u8.ToArray(), new ApplyOptions { FieldManager = "tests" }),
        "create" => client.CreateAsync(ConfigMaps, Value),
        "patch" => client.PatchAsync(ConfigMaps, Name, new Patch(PatchType.Json, "[]"u8.ToArray())),
        "delete all" => client.DeleteCollectionAsync(ConfigMaps, "ns"),
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "no such call"),
    };

    private static HttpRequestException Broken() => new(HttpRequestError.ResponseEnded, "the connection broke", new IOException("broken"));

    private static HttpResponseMessage Busy(int code, int seconds)
    {
        var answer = Answer((HttpStatusCode)code, "slow down", "text/plain");
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        return answer;
    }

    private static async Task<HttpResponseMessage> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return Ok("");
    }

    /// <summary>Moves the clock by the wait, and not before the client waits for it beside its deadline.</summary>
    private static async Task AdvanceAsync(FakeTimeProvider time, ScriptedTransport transport, int sent, int seconds)
    {
        await Eventually.Equal(sent, () => transport.Requests.Count, "requests sent");
        await time.WaitForTimersAsync(2);
        time.Advance(TimeSpan.FromSeconds(seconds));
    }
}
