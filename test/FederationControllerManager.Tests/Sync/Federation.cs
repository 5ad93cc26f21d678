using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Removals;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Sync;

/// <summary>
/// The propagation of one type over a host and members in memory, on a clock that runs ten times as fast as the real one. Everything between
/// the clients is real: informers, queues, reconcilers, dispatchers.
/// </summary>
internal sealed class Federation : IAsyncDisposable
{
    public const string Namespace = "ns";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, ClusterView> _views = new(StringComparer.Ordinal);
    private Running? _running;
    private readonly ITimer _clock;
    private int _settled;
    private int _isTicking;

    public Federation(FederatedType type, params string[] clusters)
    {
        Type = type;
        _clock = TimeProvider.System.CreateTimer(static state => ((Federation)state!).MoveClock(), this, Tick, Tick);
        Host = new FakeCluster(Clock);
        foreach (var cluster in clusters)
        {
            Members[cluster] = new FakeCluster(Clock);
            Host.Put(FederationResources.KubeFedClusters, new JsonObject
            {
                ["apiVersion"] = "core.kubefed.io/v1beta1",
                ["kind"] = "KubeFedCluster",
                ["metadata"] = new JsonObject { ["name"] = cluster, ["namespace"] = FederationNames.DefaultNamespace },
            });
        }

        Host.Put(FederatedTypes.FederatedNamespaces, FederatedTypes.Object("FederatedNamespace", "ns", "ns", "{}"));
    }

    public static FederatedType ConfigMaps { get; } = FederatedTypes.Of("", "v1", "configmaps", "ConfigMap");

    public static FederatedType Deployments { get; } = FederatedTypes.Of("apps", "v1", "deployments", "Deployment");

    public FederatedType Type { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeCluster Host { get; }

    public Dictionary<string, FakeCluster> Members { get; } = new(StringComparer.Ordinal);

    public EventLog Events { get; } = new();

    public SyncSettings Settings { get; set; } = new()
    {
        AvailableDelay = TimeSpan.FromSeconds(1),
        UnavailableDelay = TimeSpan.FromSeconds(1),
        UnreachableDeletionTimeout = TimeSpan.FromHours(1),
    };

    /// <summary>What is counted, or null; set before the start.</summary>
    public FederationMetrics? Metrics { get; init; }

    public DispatcherOptions Dispatch { get; set; } = new();

    public MemberDispatcher DispatcherOf(string cluster) => _views[cluster].Member!.Dispatcher;

    /// <summary>Starts the control plane, as a process that knows nothing yet.</summary>
    public async Task StartAsync()
    {
        _running = new Running(this);
        await _running.StartAsync();
        foreach (var (name, cluster) in Members)
        {
            SetCluster(name, ready: !cluster.Faults.IsDown);
        }

        _running.Run();
    }

    /// <summary>Ends the control plane; what it held in memory is lost.</summary>
    public async Task StopAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.DisposeAsync();
        }
    }

    /// <summary>What the cluster controller would say after enough probes.</summary>
    public void SetCluster(string name, bool ready)
    {
        if (!_views.TryGetValue(name, out var view) || view.Member is null)
        {
            view = new ClusterView(name, StringMap.From([new("name", name)]), ready, "", _running!.Connect(name, Members[name]));
        }

        _views[name] = view = view with { IsReady = ready, Message = ready ? "" : "the cluster cannot be reached" };
        _running!.Registry.Set(view);
    }

    /// <summary>Takes a member down or brings it up again, with its health known at once.</summary>
    public void SetDown(string name, bool down)
    {
        Members[name].Faults.IsDown = down;
        if (down)
        {
            Members[name].CutWatches();
        }

        SetCluster(name, ready: !down);
    }

    public NamespacedName Key(string name) => new(Namespace, name);

    public void Write(string name, string spec) =>
        Host.Put(Type.Federated, FederatedTypes.Object(Type.FederatedKind.Kind, Namespace, name, spec, Host.Peek(Type.Federated, Key(name))));

    public void Delete(string name) => Host.Remove(Type.Federated, Key(name));

    public KubeObject? Copy(string cluster, string name) => Members[cluster].Peek(Type.Target, Key(name));

    public KubeObject? Federated(string name) => Host.Peek(Type.Federated, Key(name));

    public FederatedStatus StatusOf(string name) => FederatedObject.Read(Federated(name)!).ReadStatus();

    public string? StatusIn(string cluster, string name) =>
        Federated(name) is null ? "no object" : StatusOf(name).Clusters.FirstOrDefault(c => c.Name == cluster) is { } entry ? entry.Status ?? "" : "no entry";

    public bool IsInOrder(string name) => Federated(name) is not null && StatusOf(name).FindPropagation()?.Status == "True"
        && StatusOf(name).ObservedGeneration == Federated(name)!.Metadata.Generation;

    /// <summary>Waits until a condition holds.</summary>
    public Task Until(Func<bool> condition, string because, Func<string>? lastSeen = null) =>
        TestSupport.Waiting.Eventually.True(condition, because, TimeSpan.FromSeconds(90), lastSeen);

    public Task UntilInOrder(string name) => Until(() => IsInOrder(name), $"{name} is in order", () => $"{Federated(name)?.GetNode("status")}");

    /// <summary>Lets everything that is under way come to rest: a new object is propagated through the same queues.</summary>
    public async Task Settle(params string[] clusters)
    {
        var name = $"settled-{++_settled}";
        var placement = string.Join(',', (clusters.Length > 0 ? clusters : [.. Members.Keys]).Select(static c => "{\"name\":\"" + c + "\"}"));
        Write(name, """{"template":{"data":{"k":"v"}},"placement":{"clusters":[""" + placement + "]}}");
        await UntilInOrder(name);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _clock.DisposeAsync();
    }

    private void MoveClock()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0)
        {
            Clock.Advance(Step);
            Volatile.Write(ref _isTicking, 0);
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly Federation _federation;
        private readonly CancellationTokenSource _stopping = new();
        private readonly CancellationTokenSource _recording = new();
        private readonly SharedInformerCache _informers;
        private readonly List<Member> _members = [];
        private readonly VersionStore _versions;
        private readonly PendingRemovals _removals;
        private readonly SyncController _controller;
        private Task _sync = Task.CompletedTask;
        private Task _recorder = Task.CompletedTask;

        public Running(Federation federation)
        {
            _federation = federation;
            federation._views.Clear();
            _informers = new SharedInformerCache(federation.Host, new InformerEnvironment { Time = federation.Clock });
            _versions = new VersionStore(federation.Host, federation.Clock, NullLogger<VersionStore>.Instance);
            _removals = new PendingRemovals(
                federation.Host, FederationNames.DefaultNamespace, federation.Clock, NullLogger<PendingRemovals>.Instance);
            _controller = new SyncController(federation.Type, FederatedTypes.FederatedNamespaces, new SyncServices
            {
                Host = federation.Host,
                HostInformers = _informers,
                Clusters = Registry,
                IsRegistered = name => federation.Host.Peek(
                    FederationResources.KubeFedClusters, new NamespacedName(FederationNames.DefaultNamespace, name)) is not null,
                Versions = _versions,
                Removals = _removals,
                Events = federation.Events,
                CurrentSettings = () => federation.Settings,
                Time = federation.Clock,
                Loggers = NullLoggerFactory.Instance,
                Metrics = federation.Metrics,
            });
        }

        public ClusterRegistry Registry { get; } = new();

        public async Task StartAsync()
        {
            await _versions.LoadAsync(null, _stopping.Token);
            await _removals.LoadAsync(_stopping.Token);
            _recorder = _versions.RunAsync(
                new ControllerOptions<VersionKey> { MaxConcurrentReconciles = 4, Queue = new() { TimeProvider = _federation.Clock } },
                static () => true,
                _recording.Token);
        }

        public void Run() => _sync = Task.Run(() => _controller.RunAsync(_stopping.Token));

        public Member Connect(string name, FakeCluster cluster)
        {
            var informers = new SharedInformerCache(cluster, new InformerEnvironment { Time = _federation.Clock });
            var dispatcher = new MemberDispatcher(
                name, new DispatchExecutor(cluster), _federation.Dispatch, _federation.Clock, _federation.Metrics, NullLogger.Instance);
            var member = new Member(
                name,
                "https://" + name,
                name,
                new RotatingToken("token"),
                new MissingRights(_federation.Clock),
                cluster,
                new NoTransport(),
                informers,
                dispatcher,
                _stopping.Token);
            _members.Add(member);
            return member;
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _sync;
            await _controller.DisposeAsync();
            await _recording.CancelAsync();
            await _recorder;
            foreach (var member in _members)
            {
                await member.DisposeAsync();
            }

            await _informers.DisposeAsync();
            _stopping.Dispose();
            _recording.Dispose();
        }
    }

    private sealed class NoTransport : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
