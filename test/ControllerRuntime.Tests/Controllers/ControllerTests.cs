using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.TestSupport.Logging;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging;

namespace KubeFed.ControllerRuntime.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ControllerTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly RecordingLogger _log = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Test]
    public async Task RunAsync_ReconcileThrows_IsLoggedAndRetriedWithBackoff()
    {
        var reconciler = new FuncReconciler((_, call, _) => call < 3 ? throw new InvalidOperationException("boom") : Task.FromResult(ReconcileResult.Done));
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);

        controller.Queue.Add("a");
        await CallsAsync(reconciler, "a", 1);
        await FailuresAsync(controller, "a", 1);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(reconciler.Calls("a"), Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await FailuresAsync(controller, "a", 2);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await CallsAsync(reconciler, "a", 3);
        await FailuresAsync(controller, "a", 0);
        await StopAsync(run);

        var failure = _log.Entries.First(entry => entry.Level == LogLevel.Error);
        Assert.That(failure.Exception?.Message, Is.EqualTo("boom"));
        Assert.That(failure.Scopes, Has.Some.Match("^controller=test object=a reconcileID=[0-9a-f-]{36}$"));
    }

    [Test]
    public async Task RunAsync_TerminalException_IsNotRetried()
    {
        var reconciler = new FuncReconciler((_, _, _) => throw new TerminalException("no such kind"));
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("a");
        await Eventually.HoldsAsync(() => _log.Entries.Any(entry => entry.EventName == "ReconcileFailedForGood"), () => _log.ToString());
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That((reconciler.Calls("a"), controller.Queue.Depth, controller.Queue.Failures("a")), Is.EqualTo((1, 0, 0)));
        await StopAsync(run);
    }

    [Test]
    public async Task RunAsync_Results_DecideWhenToComeAgain()
    {
        var reconciler = new FuncReconciler((key, call, _) => Task.FromResult((key, call) switch
        {
            ("after", 1) => ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(30)),
            ("backoff", 1) => ReconcileResult.Requeue,
            _ => ReconcileResult.Done,
        }));
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("after");
        controller.Queue.Add("backoff");
        controller.Queue.Add("done");
        await Eventually.HoldsAsync(() => _log.Entries.Count(entry => entry.EventName == "Reconciled") == 3, () => _log.ToString());

        _clock.Advance(TimeSpan.FromSeconds(5));
        await CallsAsync(reconciler, "backoff", 2);
        Assert.That(reconciler.Calls("after"), Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromSeconds(25));
        await CallsAsync(reconciler, "after", 2);
        Assert.That(reconciler.Calls("done"), Is.EqualTo(1));
        await StopAsync(run);
    }

    [Test]
    public async Task RunAsync_SlowReconcile_IsCancelledWithItsOwnCause()
    {
        var reconciler = new FuncReconciler(async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            return ReconcileResult.Done;
        });
        using var controller = Controller(reconciler, timeout: TimeSpan.FromSeconds(10));
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("a");
        await CallsAsync(reconciler, "a", 1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await FailuresAsync(controller, "a", 1);
        Assert.That(_log.Entries.Select(entry => entry.Exception), Has.Some.InstanceOf<ReconcileTimeoutException>());
        await StopAsync(run);
    }

    [Test]
    public async Task RunAsync_ManyKeys_KeepsToItsConcurrency()
    {
        using var gate = new SemaphoreSlim(0);
        var reconciler = new FuncReconciler(async (_, _, token) =>
        {
            await gate.WaitAsync(token);
            return ReconcileResult.Done;
        });
        using var controller = Controller(reconciler, concurrency: 3);
        var run = controller.RunAsync(_stop.Token);
        for (var i = 0; i < 20; i++)
        {
            controller.Queue.Add($"key-{i}");
        }

        await Eventually.HoldsAsync(() => reconciler.MostRunning >= 3 && controller.Queue.Depth == 17, () => $"{reconciler.MostRunning} running, depth {controller.Queue.Depth}");
        gate.Release(20);
        await Eventually.HoldsAsync(() => Enumerable.Range(0, 20).All(i => reconciler.Calls($"key-{i}") == 1), () => $"depth {controller.Queue.Depth}");
        Assert.That(reconciler.MostRunning, Is.EqualTo(3));
        await StopAsync(run);
    }

    [Test]
    public async Task RunAsync_StoppedDuringAReconcile_LetsItFinish()
    {
        var release = new TaskCompletionSource<ReconcileResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = false;
        var reconciler = new FuncReconciler(async (_, _, token) =>
        {
            var result = await release.Task;
            cancelled = token.IsCancellationRequested;
            return result;
        });
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("a");
        controller.Queue.Add("b");
        await CallsAsync(reconciler, "a", 1);
        await _stop.CancelAsync();
        Assert.That(run.IsCompleted, Is.False);
        release.SetResult(ReconcileResult.Done);
        await run.WaitAsync(Eventually.Limit);
        Assert.That((cancelled, reconciler.Calls("b")), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task RunAsync_ReconcileOutlastsTheGracePeriod_IsCancelledQuietly()
    {
        var reconciler = new FuncReconciler(async (_, _, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            return ReconcileResult.Done;
        });
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("a");
        await CallsAsync(reconciler, "a", 1);
        await _stop.CancelAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                if (_log.Entries.All(entry => entry.EventName != "GracePeriodOver"))
                {
                    _clock.Advance(TimeSpan.FromSeconds(1));
                }

                return run.IsCompleted;
            },
            () => _log.ToString());
        Assert.That(_log.Entries.Where(entry => entry.Level == LogLevel.Error), Is.Empty);
        Assert.That(_log.Entries.Select(entry => entry.EventName), Does.Contain("GracePeriodOver").And.Contain("ReconcileCancelled"));
    }

    [Test]
    public async Task RunAsync_ReconcileIgnoresItsCancellation_IsLeftBehind()
    {
        var never = new TaskCompletionSource<ReconcileResult>();
        var reconciler = new FuncReconciler((_, _, _) => never.Task);
        using var controller = Controller(reconciler);
        var run = controller.RunAsync(_stop.Token);
        controller.Queue.Add("a");
        await CallsAsync(reconciler, "a", 1);
        await _stop.CancelAsync();
        await AdvanceUntilAsync(run, TimeSpan.FromSeconds(30));
        Assert.That(_log.Entries.Select(entry => entry.EventName), Does.Contain("ReconcilesAbandoned"));
    }

    [Test]
    public void Constructor_BadOptions_NamesEveryFault()
    {
        var options = new ControllerOptions<string>
        {
            MaxConcurrentReconciles = 0,
            ReconcileTimeout = TimeSpan.Zero,
            ShutdownGracePeriod = TimeSpan.FromSeconds(-1),
            AbandonAfter = TimeSpan.FromSeconds(-1),
            Queue = new() { Backoff = new() { Base = TimeSpan.Zero, Factor = double.NaN, Cap = TimeSpan.FromSeconds(-1), Jitter = -1 } },
        };
        Assert.That(options.Validate(), Has.Count.EqualTo(8));
        Assert.That(() => new Controller<string>("test", new FuncReconciler((_, _, _) => throw new NotSupportedException()), _log, options), Throws.ArgumentException);
    }

    private static Task CallsAsync(FuncReconciler reconciler, string key, int calls)
        => Eventually.HoldsAsync(() => reconciler.Calls(key) == calls, () => $"{reconciler.Calls(key)} calls of {key}");

    private static Task FailuresAsync(Controller<string> controller, string key, int failures)
        => Eventually.HoldsAsync(() => controller.Queue.Failures(key) == failures, () => $"{controller.Queue.Failures(key)} failures of {key}");

    private async Task AdvanceUntilAsync(Task run, TimeSpan step)
        => await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(step);
                return run.IsCompleted;
            },
            () => _log.ToString());

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run.WaitAsync(Eventually.Limit);
    }

    private Controller<string> Controller(FuncReconciler reconciler, int concurrency = 1, TimeSpan? timeout = null) => new("test", reconciler, _log, new()
    {
        MaxConcurrentReconciles = concurrency,
        ReconcileTimeout = timeout ?? Timeout.InfiniteTimeSpan,
        Queue = new KeyedQueueOptions<string> { TimeProvider = _clock, Backoff = new() { Base = TimeSpan.FromSeconds(5), Cap = TimeSpan.FromSeconds(60) } },
    });
}
