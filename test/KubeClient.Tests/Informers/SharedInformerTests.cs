using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Time;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.KubeClient.Tests.Informers;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedInformerTests : IAsyncDisposable
{
    private readonly FakeApi _api = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly RecordingHandler _handler = new();
    private Task _run = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _api.EndWatches();
        await _run.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(_handler.Violations, Is.Empty);
        _stop.Dispose();
    }

    [Test]
    public async Task RunAsync_ObjectsPresent_AreAddedAsInitial()
    {
        Put("a", "b", "c");
        var informer = await StartAsync(new InformerOptions { PageSize = 2 });
        _api.Put("d");
        await SawAsync("add a initial", "add b initial", "add c initial", "add d");
        Assert.Multiple(() =>
        {
            Assert.That(informer.Store.Count, Is.EqualTo(4));
            Assert.That(informer.LastResourceVersion, Is.EqualTo(Version));
            Assert.That(_api.Requests, Is.EqualTo(["list 0", "list ", "watch 13"]));
            Assert.That(informer.LastError, Is.Null);
        });
    }

    [Test]
    public async Task Watch_EndsCleanly_ResumesWithoutList()
    {
        Put("a");
        var informer = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.EndWatches();
        Put("a", "b");
        await SawAsync("add a initial", "update a", "add b");
        Assert.That(_api.Requests, Is.EqualTo(["list 0", "watch 11", "watch 11"]));
        Assert.That(informer.LastError, Is.Null);
    }

    [Test]
    public async Task Watch_CutInMiddleOfEvent_ComparesThenResumesAndSeesItOnce()
    {
        Put("a");
        var informer = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.Put("b");
        await SawAsync("add a initial", "add b");
        _api.OnPiece = _ =>
        {
            _api.OnPiece = null;
            return 30;
        };
        _api.Put("c");
        await Eventually.True(() => _api.Requests.Count == 4, "the stream to be cut and resumed");
        _api.Delete("b");
        await SawAsync("add a initial", "add b", "add c", "delete b");
        Assert.That(_api.Requests, Is.EqualTo(["list 0", "watch 11", "list ", "watch 12"]));
        Assert.That(informer.Store.Get(new NamespacedName("ns", "b")), Is.Null);
    }

    [Test]
    public async Task Watch_BreaksAndServerIsRestoredFromABackup_ListsAnew()
    {
        Put("a");
        _api.Save();
        Put("b", "c");
        var informer = await StartAsync();
        await SawAsync("add a initial", "add b initial", "add c initial");
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.Restore();
        _api.EndWatches(new IOException("the server was killed"));
        await AdvanceUntilAsync(() => _handler.Calls.Count == 5);
        Assert.That(_handler.Calls.Skip(3), Is.EquivalentTo(["delete b unknown", "delete c unknown"]));
        Assert.That(informer.LastResourceVersion, Is.EqualTo("11"));
    }

    [Test]
    public async Task Watch_BreaksAndAnotherServerAnswers_ListsAnew()
    {
        Put("a", "b");
        var informer = await StartAsync();
        await SawAsync("add a initial", "add b initial");
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.Replace("a", "another");
        _api.Bookmark();
        _api.EndWatches(new IOException("the way to the server has changed"));
        await AdvanceUntilAsync(() => _handler.Calls.Count == 3);
        Assert.That(_handler.Calls[2], Is.EqualTo("update a"));
        Assert.That(informer.Store.Get(new NamespacedName("ns", "a"))!.Metadata.Uid, Is.EqualTo("another"));
    }

    [Test]
    public async Task Hurry_WaitingAfterFailures_AsksAtOnce()
    {
        Put("a");
        var informer = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.OnRequest = _ => throw new HttpRequestException("refused");
        _api.EndWatches();
        await AdvanceUntilAsync(() => _api.Requests.Count >= 6);
        _api.OnRequest = null;
        Put("b");
        await Eventually.True(
            () =>
            {
                informer.Hurry();
                return _handler.Calls.Count == 2;
            },
            "the change to be seen without the clock's moving");
    }

    [Test]
    public async Task Watch_BreaksAndServerStaysAway_IsComparedWhenItIsBack()
    {
        Put("a");
        var informer = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.OnRequest = _ => throw new HttpRequestException("refused");
        _api.EndWatches();
        await AdvanceUntilAsync(() => _api.Requests.Count >= 6);
        _api.OnRequest = null;
        Put("b");
        await AdvanceUntilAsync(() => _handler.Calls.Count == 2);
        Assert.That(_api.Requests.TakeLast(2), Is.EqualTo(["list ", "watch 11"]));
        Assert.That(informer.LastError, Is.Null);
    }

    [Test]
    public async Task Watch_Bookmark_MovesVersionOnly()
    {
        Put("a");
        var informer = await StartAsync();
        _api.Bookmark();
        await Eventually.Equal("12", () => informer.LastResourceVersion, "the bookmark's version");
        Assert.That(_handler.Calls, Is.EqualTo(["add a initial"]));
    }

    [Test]
    public async Task Watch_Expired_ListsAnewAndTellsWhatWasMissed()
    {
        Put("gone", "same", "changed");
        var informer = await StartAsync();
        await SawAsync("add changed initial", "add gone initial", "add same initial");
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.OnRequest = _ => throw new HttpRequestException("refused");
        _api.EndWatches();
        await Eventually.True(() => informer.LastError is HttpRequestException, "the failure to show");
        _api.Delete("gone");
        Put("changed", "new");
        _api.Compact();
        _api.OnRequest = null;
        await AdvanceUntilAsync(() => _handler.Calls.Count == 6);
        Assert.Multiple(() =>
        {
            Assert.That(_handler.Calls.Skip(3), Is.EquivalentTo(["delete gone unknown", "update changed", "add new"]));
            Assert.That(_handler.Calls[3], Is.EqualTo("delete gone unknown"));
            Assert.That(informer.LastResourceVersion, Is.EqualTo(Version));
        });
        await Eventually.True(() => informer.LastError is null, "the failure to be over");
    }

    [Test]
    public async Task Watch_VeryShort_BacksOffAndListsAnew()
    {
        Put("a");
        var informer = await StartAsync();
        _api.EndWatches();
        await Eventually.True(() => informer.LastError is not null, "the short watch to count as a failure");
        Assert.That(_api.Requests, Has.Count.EqualTo(2));
        await AdvanceUntilAsync(() => _api.Requests.Count == 4);
        Assert.That(_api.Requests.Skip(2), Is.EqualTo(["list 11", "watch 11"]));
    }

    [Test]
    public async Task Watch_TooManyRequests_WaitsAndResumesWithoutList()
    {
        Put("a");
        await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.OnRequest = _ => FakeApi.Fail(429, StatusReason.TooManyRequests);
        _api.EndWatches();
        await Eventually.True(() => _api.Requests.Count == 3, "the watch to be tried again");
        _api.OnRequest = null;
        _api.Put("b");
        await AdvanceUntilAsync(() => _handler.Calls.Count == 2);
        Assert.That(_api.Requests, Has.None.EqualTo("list 11"));
    }

    [Test]
    public async Task Watch_OpensButFailsInsideEachTime_ListsAnew()
    {
        Put("a");
        var informer = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _api.OnRequest = isWatch => isWatch ? FakeApi.ErrorInStream(500, StatusReason.InternalError) : null;
        _api.EndWatches();
        await AdvanceUntilAsync(() => _api.Requests.Count(r => r.StartsWith("list", StringComparison.Ordinal)) == 2, seconds: 5);
        Assert.That(_api.Requests.Take(8), Is.EqualTo(["list 0", .. Enumerable.Repeat("watch 11", 6), "list 11"]));
        _api.OnRequest = null;
        _api.Put("b");
        await AdvanceUntilAsync(() => _handler.Calls.Count == 2);
        await Eventually.True(() => informer.LastError is null, "the failure to be over");
    }

    [Test]
    public async Task List_Fails_IsTriedAgainWithBackoff()
    {
        Put("a");
        _api.OnRequest = _ => FakeApi.Fail(403, StatusReason.Forbidden);
        var informer = Create();
        _run = informer.RunAsync(_stop.Token);
        await AdvanceUntilAsync(() => _api.Requests.Count >= 4);
        Assert.Multiple(() =>
        {
            Assert.That(informer.HasSynced, Is.False);
            Assert.That((informer.LastError as StatusException)?.IsForbidden, Is.True);
        });
        _api.OnRequest = null;
        await AdvanceUntilAsync(() => informer.HasSynced);
    }

    [Test]
    public async Task AddHandler_Late_GetsEverythingFirst()
    {
        Put("a", "b");
        var informer = await StartAsync();
        var late = new RecordingHandler();
        using var registration = informer.AddHandler(late);
        _api.Put("c");
        await Eventually.True(() => late.Calls.Count == 3, "the late handler to see all", lastSeen: () => string.Join(", ", late.Calls));
        Assert.Multiple(() =>
        {
            Assert.That(late.Calls.Take(2), Is.EquivalentTo(["add a initial", "add b initial"]));
            Assert.That(late.Calls[2], Is.EqualTo("add c"));
            Assert.That(late.Violations, Is.Empty);
        });
    }

    [Test]
    public async Task AddHandler_Disposed_HearsNothingMore()
    {
        var informer = await StartAsync();
        var gone = new RecordingHandler();
        informer.AddHandler(gone).Dispose();
        _api.Put("a");
        await SawAsync("add a");
        Assert.That(gone.Calls, Is.Empty);
    }

    [Test]
    public async Task HasSynced_HandlerStillAtWork_IsFalse()
    {
        Put("a");
        using var release = new ManualResetEventSlim();
        var informer = Create();
        using var registration = informer.AddHandler(new RecordingHandler { OnCall = () => release.Wait(TimeSpan.FromSeconds(30)) });
        _run = informer.RunAsync(_stop.Token);
        await Eventually.True(() => informer.Store.Count == 1, "the list to be in the store");
        Assert.That(informer.HasSynced, Is.False);
        release.Set();
        await informer.WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(informer.HasSynced);
    }

    [Test]
    public async Task Handler_Throws_TheRestGoesOn()
    {
        var informer = await StartAsync();
        using var registration = informer.AddHandler(new RecordingHandler { OnCall = () => throw new InvalidOperationException("made to throw") });
        Put("a", "b");
        await SawAsync("add a", "add b");
    }

    [Test]
    public async Task Handler_Blocks_NothingIsLost()
    {
        const int Count = HandlerRegistration.Capacity * 3;
        using var release = new ManualResetEventSlim();
        var informer = await StartAsync();
        var slow = new RecordingHandler { OnCall = () => release.Wait(TimeSpan.FromSeconds(30)) };
        using var registration = informer.AddHandler(slow);
        for (var i = 0; i < Count; i++)
        {
            _api.Put($"o{i:0000}");
        }

        await Eventually.True(() => informer.Store.Count > HandlerRegistration.Capacity, "the queue to fill");
        Assert.That(informer.Store.Count, Is.LessThan(Count));
        release.Set();
        await Eventually.True(() => slow.Calls.Count == Count, "the slow handler to catch up", lastSeen: () => $"{slow.Calls.Count}");
        Assert.That(slow.State(), Is.EqualTo(_api.State()));
    }

    [Test]
    public async Task Transform_Throws_ObjectIsKeptAsItCame()
    {
        Put("a");
        var informer = await StartAsync(new InformerOptions { Transform = _ => throw new InvalidOperationException("made to throw") });
        Assert.That(informer.Store.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_Twice_Throws()
    {
        var informer = await StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => informer.RunAsync(CancellationToken.None));
    }

    private string Version => $"{_api.Revision}";

    private void Put(params string[] names)
    {
        foreach (var name in names)
        {
            _api.Put(name);
        }
    }

    private SharedInformer Create(InformerOptions? options = null)
    {
        var informer = new SharedInformer(
            new DynamicClient(_api, time: _time), FakeApi.Resource, options, new InformerEnvironment { Time = _time, Seed = 1 });
        informer.AddHandler(_handler);
        return informer;
    }

    private async Task<SharedInformer> StartAsync(InformerOptions? options = null)
    {
        var informer = Create(options);
        _run = informer.RunAsync(_stop.Token);
        await informer.WaitForSyncAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.True(() => _api.OpenWatches == 1, "the watch to be open");
        return informer;
    }

    private Task SawAsync(params string[] calls) => Eventually.Passes(
        () =>
        {
            Assert.That(_handler.Calls.Where(c => c.EndsWith("initial", StringComparison.Ordinal)), Is.EquivalentTo(calls.Where(c => c.EndsWith("initial", StringComparison.Ordinal))));
            Assert.That(_handler.Calls.Where(c => !c.EndsWith("initial", StringComparison.Ordinal)), Is.EqualTo(calls.Where(c => !c.EndsWith("initial", StringComparison.Ordinal))));
            return Task.CompletedTask;
        },
        "the handler to hear all");

    private Task AdvanceUntilAsync(Func<bool> condition, int seconds = 1) => Eventually.True(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return condition();
        },
        "the condition, with time going on",
        lastSeen: () => $"{string.Join(", ", _api.Requests)}; {string.Join(", ", _handler.Calls)}");
}
