using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Removals;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.TypeConfigs;
using KubeFed.FederationControllerManager.Versions;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.TypeConfigs;

/// <summary>Types that come and go while their objects stay.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TypeConfigReconcilerTests
{
    private static readonly GroupVersionResource Federated = new("types.kubefed.io", "v1beta1", "federatedconfigmaps");
    private static readonly NamespacedName Key = new(FederationNames.DefaultNamespace, "configmaps");

    private readonly FakeCluster _host = new(TimeProvider.System);
    private readonly FakeInformer _configs = new();
    private readonly EventLog _events = new();
    private SharedInformerCache _informers = null!;
    private TypeControllers _controllers = null!;
    private TypeConfigReconciler _reconciler = null!;
    private SyncSettings _settings = new();

    [SetUp]
    public void SetUp()
    {
        _informers = new SharedInformerCache(_host, new InformerEnvironment());
        _controllers = new TypeControllers(
            new SyncServices
            {
                Host = _host,
                HostInformers = _informers,
                Clusters = new ClusterRegistry(),
                IsRegistered = static _ => false,
                Versions = new VersionStore(_host, TimeProvider.System, NullLogger<VersionStore>.Instance),
                Removals = new PendingRemovals(
                    _host, FederationNames.DefaultNamespace, TimeProvider.System, NullLogger<PendingRemovals>.Instance),
                Events = _events,
                CurrentSettings = () => _settings,
                Time = TimeProvider.System,
                Loggers = NullLoggerFactory.Instance,
            },
            NullLogger<TypeControllers>.Instance);
        _reconciler = new TypeConfigReconciler(
            _host,
            _configs,
            _controllers,
            new FinalizerRelease(_host),
            () => _settings,
            _events,
            static () => { },
            NullLogger<TypeConfigReconciler>.Instance);
        _host.Put(Federated, FederatedTypes.Object("FederatedConfigMap", "ns", "a", """{"template":{}}"""));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _controllers.DisposeAsync();
        await _informers.DisposeAsync();
    }

    [Test]
    public async Task Disabled_WhileObjectsExist_TheyLoseTheFinalizerAndTheStatusSaysSo()
    {
        await StartAsync();
        await ReconcileAsync("configmaps", "Disabled");

        Assert.Multiple(() =>
        {
            Assert.That(Finalizers(), Is.Empty);
            Assert.That(Status().PropagationController, Is.EqualTo(ControllerStatus.NotRunning));
            Assert.That(_events.Reasons("configmaps"), Does.Contain("FinalizersReleased"));
        });
    }

    [Test]
    public async Task Disabled_SeenAgain_ListsNothing()
    {
        await StartAsync();
        await ReconcileAsync("configmaps", "Disabled");
        _configs.Put(_host.Peek(FederationResources.FederatedTypeConfigs, Key)!);
        var reads = _host.Reads.Count;

        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(_host.Reads, Has.Count.EqualTo(reads));
    }

    [Test]
    public async Task Deleted_WhileObjectsExist_TheyLoseTheFinalizerBeforeTheConfigGoes()
    {
        await StartAsync();
        _host.Remove(FederationResources.FederatedTypeConfigs, Key);
        _configs.Put(_host.Peek(FederationResources.FederatedTypeConfigs, Key)!);

        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(Finalizers(), Is.Empty);
            Assert.That(_host.Peek(FederationResources.FederatedTypeConfigs, Key), Is.Null);
        });
    }

    [Test]
    public async Task Gone_WithoutBeingSeenDeleting_ObjectsLoseTheFinalizer()
    {
        await StartAsync();
        _configs.Remove(_configs.Get(Key)!);

        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(Finalizers(), Is.Empty);
    }

    [Test]
    public async Task NamespacesTypeGone_TypesInNamespacesStopAndLetGo()
    {
        await StartAsync();
        _configs.Remove(_configs.Get(new NamespacedName(FederationNames.DefaultNamespace, "namespaces"))!);

        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(Finalizers(), Is.Empty);
            Assert.That(Status().PropagationController, Is.EqualTo(ControllerStatus.NotRunning));
            Assert.That(_events.Reasons("configmaps"), Does.Contain("PropagationNotStarted"));
        });
    }

    [Test]
    public async Task Gate_PushReconcilerOff_NothingRuns()
    {
        _settings = _settings with { Propagates = false };
        Put("namespaces", "Enabled");
        await ReconcileAsync("configmaps", "Enabled");
        Assert.That(Status().PropagationController, Is.EqualTo(ControllerStatus.NotRunning));
    }

    [Test]
    public async Task StatusCollection_GateAndConfig_BothSaySo()
    {
        _settings = _settings with { CollectsRawStatus = true };
        Put("namespaces", "Enabled");
        await ReconcileAsync("configmaps", "Enabled", "Enabled");
        Assert.That(Status().StatusController, Is.EqualTo(ControllerStatus.Running));

        _settings = _settings with { CollectsRawStatus = false };
        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.That(Status().StatusController, Is.EqualTo(ControllerStatus.NotRunning));
    }

    [Test]
    public async Task TargetVersion_Changed_ControllerIsThatOfTheNewVersion()
    {
        await StartAsync();
        var changed = _host.Change(
            FederationResources.FederatedTypeConfigs, Key, """{"spec":{"targetType":{"version":"v2"}}}""");
        _configs.Put(changed);

        await _reconciler.ReconcileAsync(Key, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(_controllers.TypeOf("configmaps")?.Target.Version, Is.EqualTo("v2"));
            Assert.That(Status().ObservedGeneration, Is.EqualTo(changed.Metadata.Generation));
            Assert.That(Finalizers(), Is.Not.Empty, "nothing is released for a restart");
        });
    }

    private async Task StartAsync()
    {
        Put("namespaces", "Enabled");
        await ReconcileAsync("configmaps", "Enabled");
        await Eventually.True(() => Finalizers().Length > 0, "the object is looked after");
    }

    private async Task ReconcileAsync(string name, string propagation, string statusCollection = "Disabled")
    {
        Put(name, propagation, statusCollection);
        await _reconciler.ReconcileAsync(new NamespacedName(FederationNames.DefaultNamespace, name), CancellationToken.None);
        _configs.Put(_host.Peek(FederationResources.FederatedTypeConfigs, Key)!);
    }

    private void Put(string name, string propagation, string statusCollection = "Disabled")
    {
        var key = new NamespacedName(FederationNames.DefaultNamespace, name);
        var config = _host.Peek(FederationResources.FederatedTypeConfigs, key)?.ToNode() ?? new JsonObject
        {
            ["apiVersion"] = "core.kubefed.io/v1beta1",
            ["kind"] = "FederatedTypeConfig",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = key.Namespace },
        };
        var kind = name == "namespaces" ? "Namespace" : "ConfigMap";
        config["spec"] = JsonNode.Parse($$"""
            {"targetType":{"version":"v1","kind":"{{kind}}","pluralName":"{{name}}","scope":"{{(name == "namespaces" ? "Cluster" : "Namespaced")}}"},
             "federatedType":{"group":"types.kubefed.io","version":"v1beta1","kind":"Federated{{kind}}","pluralName":"federated{{name}}","scope":"Namespaced"},
             "propagation":"{{propagation}}","statusCollection":"{{statusCollection}}"}
            """);
        _configs.Put(_host.Put(FederationResources.FederatedTypeConfigs, config));
    }

    private string[] Finalizers() => [.. _host.Peek(Federated, new NamespacedName("ns", "a"))!.Metadata.Finalizers];

    private FederatedTypeConfigStatus Status() => _host.Peek(FederationResources.FederatedTypeConfigs, Key)!
        .Deserialize(FederationJsonContext.Default.FederatedTypeConfig).Status!;
}
