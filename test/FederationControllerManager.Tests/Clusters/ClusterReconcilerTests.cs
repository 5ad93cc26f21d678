using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

/// <summary>How connections follow KubeFedClusters and Secrets, and what the conditions say.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClusterReconcilerTests : IMemberFactory
{
    private static readonly NamespacedName Key = new("fed", "c1");

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeClusterApi _host = new();
    private readonly FakeClusterApi _member = new();
    private readonly FakeEvents _events = new();
    private readonly Meters _meters = new();
    private readonly FakeInformer _clusters = new();
    private readonly FakeInformer _secrets = new();
    private readonly ClusterRegistry _registry = new();
    private readonly CancellationTokenSource _leading = new();
    private readonly MemberFactory _real;
    private readonly ClusterReconciler _reconciler;
    private ClusterSettings _settings = new() { FailureThreshold = 1 };
    private JsonArray _conditions = [];

    public ClusterReconcilerTests()
    {
        _real = new MemberFactory(new DispatcherOptions(), _clock, null, NullLoggerFactory.Instance, static () => true, _leading.Token);
        _reconciler = new ClusterReconciler(
            _host,
            _clusters,
            _secrets,
            _registry,
            this,
            new ClusterProber(() => _settings, _clock),
            new TokenRenewer(_host, _events, _clock, NullLogger<TokenRenewer>.Instance),
            () => _settings,
            new ClusterMetrics(_meters.Factory),
            _events,
            _clock,
            NullLogger<ClusterReconciler>.Instance);
    }

    private int Connections { get; set; }

    private Member? Current => _registry.Get(Key.Name)?.Member;

    [TearDown]
    public async Task DisconnectAsync()
    {
        if (Current is { } member)
        {
            await member.DisposeAsync();
        }

        await _leading.CancelAsync();
        _leading.Dispose();
        _meters.Dispose();
    }

    string IMemberFactory.Fingerprint(KubeFedCluster cluster, MemberSecret secret) => _real.Fingerprint(cluster, secret);

    Member IMemberFactory.Connect(KubeFedCluster cluster, MemberSecret secret, string fingerprint)
    {
        Connections++;
        var rights = new MissingRights(_clock);
        var client = new RightsClient(_member, cluster.Metadata.Name, rights);
        var dispatcher = new MemberDispatcher(
            cluster.Metadata.Name, new DispatchExecutor(client), new DispatcherOptions(), _clock, null, NullLogger<MemberDispatcher>.Instance);
        return new Member(
            cluster.Metadata.Name,
            cluster.Spec.ApiEndpoint,
            fingerprint,
            new RotatingToken(secret.Token),
            rights,
            client,
            new Nothing(),
            new SharedInformerCache(client),
            dispatcher,
            _leading.Token);
    }

    [Test]
    public async Task Secret_NewToken_IsPutIntoTheConnectionThereIs()
    {
        await StartAsync();
        var first = Current;

        PutSecret("two");
        await ReconcileAsync();

        Assert.That(Current, Is.SameAs(first));
        Assert.That(Current!.Token.Is("two"), Is.True);
    }

    [Test]
    public async Task Secret_NewTokenWhileTheOldIsRefused_MakesANewConnection()
    {
        await StartAsync();
        _member.Health = static () => (401, "");
        await ReconcileAsync();
        Assert.That(Ready(), Is.EqualTo("False ClusterNotReachable: the cluster does not accept the token of its Secret: /healthz answered with code 401"));

        _member.Health = static () => (200, "ok");
        PutSecret("two");
        await ReconcileAsync();

        Assert.That(Connections, Is.EqualTo(2));
        Assert.That(Ready(), Does.StartWith("True"));
    }

    [Test]
    public async Task Secret_NewTokenWhileRightsAreMissing_MakesANewConnection()
    {
        await StartAsync();
        Current!.Rights.Note(new MissingRight("list", "secrets", ""), "u", "");

        PutSecret("two");
        await ReconcileAsync();

        Assert.That(Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task Secret_Same_KeepsTheConnection()
    {
        await StartAsync();
        PutSecret("one\n", version: "9");
        await ReconcileAsync();

        Assert.That(Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task Secret_NewAuthorities_CountWhereTheClusterNamesNone()
    {
        await StartAsync();

        PutSecret("one", ca: "other");
        await ReconcileAsync();
        Assert.That(Connections, Is.EqualTo(2));

        PutCluster(("caBundle", Base64("own")));
        await ReconcileAsync();
        Assert.That(Connections, Is.EqualTo(3));

        PutSecret("one", ca: "third");
        await ReconcileAsync();
        Assert.That(Connections, Is.EqualTo(3), "the cluster's own count");
    }

    [Test]
    public async Task Cluster_NewEndpoint_MakesANewConnection()
    {
        await StartAsync();

        PutCluster(("apiEndpoint", "https://elsewhere"));
        await ReconcileAsync();

        Assert.That((Connections, Current!.Endpoint), Is.EqualTo((2, "https://elsewhere")));
    }

    [Test]
    public async Task Secret_ComesAfterTheCluster_ConnectsThen()
    {
        PutCluster();
        await ReconcileAsync();
        Assert.That(Ready(), Does.Contain("the Secret \"c1-token\" that spec.secretRef names does not exist in namespace \"fed\""));
        Assert.That(Current, Is.Null);

        PutSecret("one");
        await ReconcileAsync();

        Assert.That(Ready(), Does.StartWith("True"));
    }

    [TestCase("", "has no key \"token\"")]
    [TestCase("a b", "the token has characters that no token can have")]
    public async Task Secret_WithoutAUsableToken_IsSaid(string token, string message)
    {
        PutCluster();
        PutSecret(token);
        await ReconcileAsync();

        Assert.That(Ready(), Does.Contain(message));
        Assert.That(_events.Recorded.First().Reason, Is.EqualTo("MalformedClusterConfig"));
    }

    [Test]
    public async Task Secret_UnusableTokenLater_IsSaidAndTheOldOneGoes()
    {
        await StartAsync();
        PutSecret("a b");
        await ReconcileAsync();

        Assert.That(Ready(), Does.Contain("the token has characters that no token can have"));
        Assert.That(Current, Is.Null);
    }

    [Test]
    public async Task Settings_ChangedMeanwhile_CountFromTheNextProbeOn()
    {
        await StartAsync();
        _settings = new ClusterSettings { Period = TimeSpan.FromSeconds(30), FailureThreshold = 2 };
        _member.Health = static () => (500, "");

        await ReconcileAsync();
        Assert.That(Ready(), Does.StartWith("True"), "the first failure of two");
        await ReconcileAsync();
        Assert.That(Ready(), Does.StartWith("False"));
    }

    [Test]
    public async Task Metrics_OfACluster_FollowItsState()
    {
        await StartAsync();
        Assert.That(State(), Is.EqualTo("ready"));

        _member.Health = static () => (200, "not yet");
        await ReconcileAsync();
        Assert.That(State(), Is.EqualTo("notready"));

        _member.Health = static () => (500, "");
        await ReconcileAsync();
        Assert.That(State(), Is.EqualTo("offline"));
        Assert.That(_meters.Lines("cluster_health_status_duration_seconds_count"), Is.EqualTo(new[] { "cluster_health_status_duration_seconds_count 3" }));
        Assert.That(_meters.Lines("cluster_client_connection_duration_seconds_count"), Is.EqualTo(new[] { "cluster_client_connection_duration_seconds_count 1" }));

        _clusters.Remove(_clusters.Get(Key)!);
        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(_meters.Lines("kubefedcluster_total"), Is.Empty);

        string State() => _meters.Lines("kubefedcluster_total").Single(static line => line.EndsWith(" 1", StringComparison.Ordinal)).Split('"')[3];
    }

    [Test]
    public async Task Rights_Missing_AreAConditionUntilGranted()
    {
        await StartAsync();
        Assert.That(Condition("Authorized"), Is.Null);

        Current!.Rights.Note(new MissingRight("patch", "deployments.apps", "shop"), Denials.User, "web");
        await ReconcileAsync();
        await ReconcileAsync();

        Assert.That(Ready(), Does.StartWith("True"));
        Assert.That(
            Condition("Authorized"),
            Is.EqualTo($"False RightsMissing: the control plane may not patch deployments.apps in namespace \"shop\": grant that in the cluster to the user \"{Denials.User}\""));
        Assert.That(_events.Recorded.Select(e => e.Reason), Is.EqualTo(new[] { "RightsMissing" }), "told when it changes, not with every probe");

        Current!.Rights.Grant(new MissingRight("patch", "deployments.apps", "shop"));
        await ReconcileAsync();
        Assert.That(Condition("Authorized"), Is.Null);
    }

    private async Task StartAsync()
    {
        PutCluster();
        PutSecret("one");
        await ReconcileAsync();
        Assert.That(Ready(), Does.StartWith("True"));
    }

    /// <summary>One pass; what it wrote is in the store afterwards, as the watch would bring it.</summary>
    private async Task ReconcileAsync()
    {
        var result = await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(result, Is.EqualTo(ReconcileResult.RequeueAfter(_settings.Period)));
        _conditions = _host.Patches.Last()["status"]!["conditions"]!.AsArray();
        var stored = _clusters.Get(Key)!.ToNode();
        stored["status"] = new JsonObject { ["conditions"] = _conditions.DeepClone() };
        _clusters.Put(KubeObject.FromNode(stored));
        _clock.Advance(TimeSpan.FromSeconds(10));
    }

    private string? Ready() => Condition("Ready");

    private string? Condition(string type) =>
        _conditions.SingleOrDefault(c => (string?)c!["type"] == type) is { } found ? $"{found["status"]} {found["reason"]}: {found["message"]}" : null;

    private void PutCluster(params (string Field, string Value)[] fields)
    {
        var spec = new JsonObject { ["apiEndpoint"] = "https://c1.example.com", ["secretRef"] = new JsonObject { ["name"] = "c1-token" } };
        foreach (var (field, value) in fields)
        {
            spec[field] = value;
        }

        _clusters.Put(KubeObject.FromNode(new JsonObject
        {
            ["apiVersion"] = "core.kubefed.io/v1beta1",
            ["kind"] = "KubeFedCluster",
            ["metadata"] = new JsonObject { ["name"] = Key.Name, ["namespace"] = Key.Namespace },
            ["spec"] = spec,
        }));
    }

    private void PutSecret(string token, string ca = "", string version = "1") => _secrets.Put(KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = "c1-token", ["namespace"] = "fed", ["resourceVersion"] = version },
        ["data"] = new JsonObject { ["token"] = Base64(token), ["ca.crt"] = Base64(ca) },
    }));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
