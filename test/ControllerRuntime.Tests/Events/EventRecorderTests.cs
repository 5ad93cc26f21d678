using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ControllerRuntime.Events;
using KubeFed.TestSupport.Logging;
using KubeFed.TestSupport.Time;

namespace KubeFed.ControllerRuntime.Tests.Events;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EventRecorderTests
{
    private static readonly ObjectReference Web = new() { ApiVersion = "types.kubefed.io/v1beta1", Kind = "FederatedDeployment", Namespace = "shop", Name = "web", Uid = "u-1", ResourceVersion = "7" };

    private readonly FakeClock _clock = new();
    private readonly RecordingLogger _log = new();

    [TearDown]
    public void ShowLog() => TestContext.Out.WriteLine(_log.ToString());

    [Test]
    public async Task Record_ModernServer_WritesEventsV1()
    {
        var server = await RecordAsync(servesModern: true, recorder => recorder.Record(Web, EventType.Warning, "CreateFailed", "Create", "no room"));
        var written = Encoding.UTF8.GetString(server.Created.Single().Utf8Json.Span);
        var name = server.Created.Single().Metadata.Name;
        Assert.That(name, Does.Match(@"^web\.[0-9a-f]{16}$"));
        Assert.That(written.Replace(name, "NAME", StringComparison.Ordinal), Is.EqualTo(string.Concat(
            """{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"namespace":"shop","name":"NAME"}""",
            ""","eventTime":"2026-01-02T03:04:05.000000Z","reportingController":"sync-controller","reportingInstance":"host-1" """.TrimEnd(),
            ""","action":"Create","reason":"CreateFailed","type":"Warning","note":"no room" """.TrimEnd(),
            ""","regarding":{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedDeployment","namespace":"shop","name":"web","uid":"u-1","resourceVersion":"7"}}""")));
    }

    [Test]
    public async Task Record_OldServerAndClusterScoped_WritesCoreEventInDefault()
    {
        var cluster = new ObjectReference { ApiVersion = "v1", Kind = "Namespace", Name = "a" };
        var server = await RecordAsync(servesModern: false, recorder => recorder.Record(cluster, EventType.Normal, "Joined", "Join", "hello"));
        var written = server.Created.Single();
        Assert.That((written.ApiVersion, written.Metadata.Namespace), Is.EqualTo(("v1", "default")));
        Assert.That(written.GetString("message"), Is.EqualTo("hello"));
        Assert.That(written.GetString("involvedObject", "name"), Is.EqualTo("a"));
        Assert.That(written.GetString("lastTimestamp"), Is.EqualTo("2026-01-02T03:04:05Z"));
    }

    [TestCase(true, "reportingController")]
    [TestCase(false, "reportingComponent")]
    public async Task For_OtherComponent_RecordsInItsNameAndApartFromOthers(bool modern, string field)
    {
        var server = await RecordAsync(modern, recorder =>
        {
            recorder.Record(Web, EventType.Normal, "Synced", "Sync", "same");
            recorder.For("a").For("other").Record(Web, EventType.Normal, "Synced", "Sync", "same");
            recorder.For("other").Record(Web, EventType.Normal, "Synced", "Sync", "same");
        });
        Assert.That(server.Created.Select(created => created.GetString(field)), Is.EqualTo(["sync-controller", "other"]));
        Assert.That(server.Patches, Has.Count.EqualTo(1), "the third is counted on the second");
    }

    [TestCase(true, """{"series":{"count":3,"lastObservedTime":"2026-01-02T03:04:05.000000Z"}}""")]
    [TestCase(false, """{"count":3,"lastTimestamp":"2026-01-02T03:04:05Z","message":"same"}""")]
    public async Task Record_EqualEvents_AreCountedOnTheFirst(bool modern, string lastPatch)
    {
        var server = await RecordAsync(modern, recorder =>
        {
            for (var i = 0; i < 3; i++)
            {
                recorder.Record(Web with { ResourceVersion = $"{i}" }, EventType.Normal, "Synced", "Sync", "same");
            }
        });
        Assert.That(server.Created, Has.Count.EqualTo(1));
        Assert.That(server.Patches, Has.Count.EqualTo(2));
        Assert.That(server.Patches[^1], Is.EqualTo(lastPatch));
    }

    [Test]
    public async Task Record_ManyThatDifferInTheirMessage_BecomeOne()
    {
        var server = await RecordAsync(servesModern: true, recorder =>
        {
            for (var i = 0; i < 14; i++)
            {
                recorder.Record(Web, EventType.Warning, "Failed", "Sync", $"attempt {i}");
            }
        });
        Assert.That(server.Created, Has.Count.EqualTo(11));
        Assert.That(server.Created[^1].GetString("note"), Is.EqualTo("(combined from similar events): attempt 10"));
        Assert.That(server.Patches, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Record_TextsThatDifferBeyondWhatIsWritten_AreEqual()
    {
        var server = await RecordAsync(servesModern: true, recorder =>
        {
            foreach (var tail in new[] { "a", "b" })
            {
                recorder.Record(Web, EventType.Warning, new string('R', 500) + tail, new string('A', 500) + tail, new string('m', 5000) + tail);
            }
        });
        var written = server.Created.Single();
        Assert.That(server.Patches, Has.Count.EqualTo(1));
        Assert.That(
            (written.GetString("reason")!.Length, written.GetString("action")!.Length, written.GetString("note")!.Length), Is.EqualTo((128, 128, 1024)));
    }

    [Test]
    public async Task Record_TooManyAboutOneObject_AreDroppedButNotOthers()
    {
        var server = await RecordAsync(servesModern: true, recorder =>
        {
            for (var i = 0; i < 40; i++)
            {
                recorder.Record(Web, EventType.Normal, $"Reason{i}", "Sync", "x");
            }

            recorder.Record(Web with { Name = "other" }, EventType.Normal, "Reason", "Sync", "x");
        });
        Assert.That(server.Created, Has.Count.EqualTo(26));
        Assert.That(server.Created[^1].Metadata.Name, Does.StartWith("other."));
    }

    [Test]
    public async Task Record_EventDeletedMeanwhile_IsWrittenAnew()
    {
        var server = new FakeEventServer(servesModern: true);
        await using var recorder = Recorder(server);
        recorder.Record(Web, EventType.Normal, "Synced", "Sync", "same");
        await Eventually.HoldsAsync(() => server.Created.Count == 1, () => "nothing");
        server.DeleteAll();
        recorder.Record(Web, EventType.Normal, "Synced", "Sync", "same");
        await Eventually.HoldsAsync(() => server.Created.Count == 1, () => "nothing");
    }

    [Test]
    public async Task Record_ServerFailsForATime_IsTriedAgain()
    {
        var failures = 2;
        var server = new FakeEventServer(servesModern: true);
        server.BeforeWrite = () => failures-- > 0 ? throw new HttpRequestException("refused") : Task.CompletedTask;
        await using var recorder = Recorder(server);
        recorder.Record(Web, EventType.Normal, "Synced", "Sync", "x");
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.AdvanceToNextTimer(TimeSpan.FromSeconds(20));
                return server.Created.Count == 1;
            },
            () => $"{failures} failures left");
    }

    [Test]
    public async Task Record_ServerRefuses_IsDroppedAtOnceAndTheNextIsWritten()
    {
        var calls = 0;
        var server = new FakeEventServer(servesModern: true);
        server.BeforeWrite = () => calls++ == 0 ? throw StatusErrors.Forbidden(new GroupResource("", "events"), "", "no") : Task.CompletedTask;
        await using var recorder = Recorder(server);
        recorder.Record(Web, EventType.Normal, "One", "Sync", "x");
        recorder.Record(Web, EventType.Normal, "Two", "Sync", "x");
        await Eventually.HoldsAsync(() => server.Created.Count == 1, () => $"{calls} calls");
        Assert.That(server.Created[0].GetString("reason"), Is.EqualTo("Two"));
    }

    [Test]
    public async Task DisposeAsync_ServerHangs_GivesUpAfterTheFlushTimeout()
    {
        var server = new FakeEventServer(servesModern: true);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.BeforeWrite = () =>
        {
            reached.TrySetResult();
            throw new HttpRequestException("refused");
        };
        var recorder = Recorder(server);
        recorder.Record(Web, EventType.Normal, "One", "Sync", "x");
        await reached.Task.WaitAsync(Eventually.Limit);
        var disposed = recorder.DisposeAsync().AsTask();
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return disposed.IsCompleted;
            },
            () => "still flushing");
        await disposed;
        Assert.That(server.Created, Is.Empty);
    }

    [TestCase("web", "web")]
    [TestCase("system:node:A_b", "system-node-a-b")]
    [TestCase(".hidden-.x-", "xhiddenx.x")]
    [TestCase("", "x")]
    public void Name_AnyObject_FitsTheRulesOfNames(string objectName, string expected) =>
        Assert.That(EventText.Name(objectName, 255), Is.EqualTo(expected + ".00000000000000ff"));

    [FsCheck.NUnit.Property]
    public void Name_AnyText_IsASubdomain(string? text)
    {
        var name = EventText.Name(text + new string('a', 300), long.MaxValue);
        Assert.That(name, Has.Length.LessThanOrEqualTo(253));
        Assert.That(EventText.Name(text ?? "", 1), Does.Match(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"));
    }

    [FsCheck.NUnit.Property]
    public void Cut_AnyText_HasAtMostSoManyBytes(string? text)
    {
        var cut = EventText.Cut((text ?? "") + "ééé𝄞𝄞𝄞", 16);
        Assert.That(Encoding.UTF8.GetByteCount(cut), Is.LessThanOrEqualTo(16));
    }

    private async Task<FakeEventServer> RecordAsync(bool servesModern, Action<EventRecorder> record)
    {
        var server = new FakeEventServer(servesModern);
        await using (var recorder = Recorder(server))
        {
            record(recorder);
        }

        return server;
    }

    private EventRecorder Recorder(FakeEventServer server) =>
        new(server, server, new() { Component = "sync-controller", Instance = "host-1", TimeProvider = _clock }, _log);
}
