using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.TestSupport.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Dispatch;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MemberDispatcherTests
{
    private readonly OutcomeLog _log = new();
    private readonly ScriptedClient _client = new();
    private readonly CancellationTokenSource _stopping = new();
    private MemberDispatcher _dispatcher = null!;
    private Task _running = null!;

    [TearDown]
    public async Task TearDown()
    {
        await _stopping.CancelAsync();
        await _running;
        _dispatcher.Dispose();
        _stopping.Dispose();
    }

    [Test]
    public async Task Submit_SameObjectWhileUnderWay_RunsOnlyTheNewestAfterwards()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(new DispatcherOptions());
        _dispatcher.Submit(Intent("a", "h1"));
        await Eventually.Equal(1, () => _client.Requests.Count, "the first request is under way");

        _dispatcher.Submit(Intent("a", "h2"));
        _dispatcher.Submit(Intent("a", "h3"));
        gate.SetResult();

        await Eventually.Equal(2, () => _log.Outcomes.Count, "both requests have ended");
        Assert.That(_log.Outcomes.Select(o => o.Intent.ContentHash), Is.EqualTo(new[] { "h1", "h3" }));
    }

    [Test]
    public async Task Submit_ManyObjectsOfOneType_DoNotHoldUpAnother()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(One);
        for (var i = 0; i < 100; i++)
        {
            _dispatcher.Submit(Intent($"a{i}", "h1"));
        }

        _dispatcher.Submit(Intent("d", "h1", "deployments.apps"));
        gate.SetResult();

        await Eventually.Equal(101, () => _log.Outcomes.Count, "all requests have ended");
        var position = _log.Outcomes.TakeWhile(o => o.Intent.Key.Type != "deployments.apps").Count();
        Assert.That(position, Is.LessThan(4));
    }

    [Test]
    public async Task Submit_ManyOfOneNamespace_DoNotHoldUpAnother()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(One);
        for (var i = 0; i < 100; i++)
        {
            _dispatcher.Submit(Intent($"a{i}", "h1"));
        }

        _dispatcher.Submit(Intent("b", "h1", @namespace: "other"));
        gate.SetResult();

        await Eventually.Equal(101, () => _log.Outcomes.Count, "all requests have ended");
        Assert.That(_log.Outcomes.TakeWhile(o => o.Intent.Key.Target.Namespace != "other").Count(), Is.LessThan(4));
    }

    [Test]
    public async Task Submit_ChangeBehindABacklog_GoesFirst()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(One);
        for (var i = 0; i < 100; i++)
        {
            _dispatcher.Submit(Intent($"new{i}", "h1") with { IsBulk = true });
        }

        _dispatcher.Submit(Intent("changed", "h1"));
        gate.SetResult();

        await Eventually.Equal(101, () => _log.Outcomes.Count, "all requests have ended");
        Assert.That(_log.Outcomes.TakeWhile(o => o.Intent.Key.Target.Name != "changed").Count(), Is.LessThan(3));
    }

    [Test]
    public async Task Submit_MemberDoesNotAnswer_HoldsTheRestBackAndTellsOnce()
    {
        var isDown = true;
        var suspicions = 0;
        _client.Answer = (_, name, _) => isDown
            ? Task.FromException<KubeObject?>(new HttpRequestException("connection refused"))
            : Task.FromResult<KubeObject?>(Objects.Copy("2", name: name.Name));
        Start(new DispatcherOptions { InitialConcurrency = 1, CircuitThreshold = 5 }, () => suspicions++);
        for (var i = 0; i < 50; i++)
        {
            _dispatcher.Submit(Intent($"a{i}", "h1"));
        }

        await Eventually.True(() => _dispatcher.Obstacle is not null, "the circuit opens");
        Assert.Multiple(() =>
        {
            Assert.That(_log.Outcomes.Select(o => o.Outcome.Result), Is.All.EqualTo(DispatchResult.Unreachable));
            Assert.That(_dispatcher.Depth, Is.GreaterThan(40), "the others wait");
            Assert.That(suspicions, Is.EqualTo(1));
        });

        isDown = false;
        _dispatcher.NoteHealthy();
        await Eventually.Equal(50, () => _log.Outcomes.Count, "every intent has an outcome");
        Assert.That(_dispatcher.Obstacle, Is.Null);
    }

    [Test]
    public async Task Submit_RefusedAsTooMuch_IsSentAgainWhenTheMemberSays()
    {
        var refusals = 0;
        _client.Answer = (_, name, _) => refusals++ < 2
            ? Task.FromException<KubeObject?>(FakeErrors.TooMany())
            : Task.FromResult<KubeObject?>(Objects.Copy("2", name: name.Name));
        Start(new DispatcherOptions { ThrottlePause = TimeSpan.FromMilliseconds(20) });
        _dispatcher.Submit(Intent("a", "h1"));

        await Eventually.Equal(1, () => _log.Outcomes.Count, "it is done");
        Assert.Multiple(() =>
        {
            Assert.That(_log.Outcomes.Single().Outcome.Succeeded, Is.True);
            Assert.That(_client.Requests, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task Submit_AlwaysRefusedAsTooMuch_EndsWithTheMembersWords()
    {
        _client.Answer = (_, _, _) => Task.FromException<KubeObject?>(FakeErrors.TooMany());
        Start(new DispatcherOptions { ThrottlePause = TimeSpan.FromMilliseconds(1), MaxPutBacks = 3 });
        _dispatcher.Submit(Intent("a", "h1"));

        await Eventually.Equal(1, () => _log.Outcomes.Count, "it has ended");
        var outcome = _log.Outcomes.Single().Outcome;
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Result, Is.EqualTo(DispatchResult.Throttled));
            Assert.That(outcome.Message, Is.EqualTo("too many requests"));
            Assert.That(_client.Requests, Has.Count.EqualTo(4));
        });
    }

    [Test]
    public async Task TryWithdraw_Intent_OnlyBeforeItBegins()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(One);
        var (begun, waiting) = (Intent("a", "h1"), Intent("b", "h1"));
        _dispatcher.Submit(begun);
        await Eventually.Equal(1, () => _client.Requests.Count, "the first request is under way");
        _dispatcher.Submit(waiting);

        Assert.Multiple(() =>
        {
            Assert.That(_dispatcher.TryWithdraw(begun), Is.False);
            Assert.That(_dispatcher.TryWithdraw(waiting), Is.True);
            Assert.That(begun.BegunAt, Is.Not.Zero);
        });
        gate.SetResult();
        await Eventually.Equal(1, () => _log.Outcomes.Count, "the begun request has ended");
    }

    [Test]
    public async Task Withdraw_Type_TakesBackWhatHasNotBegun()
    {
        var gate = new TaskCompletionSource();
        _client.Answer = async (_, name, token) =>
        {
            await gate.Task.WaitAsync(token);
            return Objects.Copy("2", name: name.Name);
        };
        Start(One);
        _dispatcher.Submit(Intent("a", "h1"));
        await Eventually.Equal(1, () => _client.Requests.Count, "the first request is under way");
        _dispatcher.Submit(Intent("b", "h1"));
        _dispatcher.Submit(Intent("d", "h1", "deployments.apps"));

        _dispatcher.Withdraw("configmaps");
        gate.SetResult();

        await Eventually.Equal(2, () => _log.Outcomes.Count, "what remains has ended");
        Assert.That(_log.Outcomes.Select(o => o.Intent.Key.Target.Name), Is.EqualTo(new[] { "a", "d" }));
    }

    private static DispatcherOptions One => new() { InitialConcurrency = 1, MaxConcurrency = 1 };

    private void Start(DispatcherOptions options, Action? suspected = null)
    {
        _dispatcher = new MemberDispatcher("c1", new DispatchExecutor(_client), options, TimeProvider.System, null, NullLogger.Instance)
        {
            Suspected = suspected,
        };
        _running = _dispatcher.RunAsync(_stopping.Token, _stopping.Token);
    }

    private DispatchIntent Intent(string name, string hash, string type = "configmaps", string @namespace = "ns") => new()
    {
        Key = new DispatchKey(type, new NamespacedName(@namespace, name)),
        Resource = new GroupVersionResource("", "v1", "configmaps"),
        Action = DispatchAction.Apply,
        ContentHash = hash,
        Cache = new MemberObjectCache(new FakeInformer(), TimeProvider.System, static _ => { }),
        Sink = _log,
    };
}
