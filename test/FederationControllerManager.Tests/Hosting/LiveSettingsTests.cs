using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Hosting;
using KubeFed.FederationControllerManager.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Hosting;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LiveSettingsTests
{
    private readonly EventLog _events = new();
    private readonly LiveSettings _live;
    private int _changes;

    public LiveSettingsTests() => _live = new LiveSettings(
        FederationSettings.From(new KubeFedConfigSpec { Scope = ResourceScopes.Cluster }, "kube-federation-system"), _events, NullLogger.Instance)
    {
        Changed = (_, _) => _changes++,
    };

    [Test]
    public void Follow_SameSettings_TellsNobody()
    {
        _live.OnAdd(Config("""{"scope":"Cluster"}"""), isInInitialList: true);
        Assert.That(_changes, Is.Zero);
    }

    [Test]
    public void Follow_ChangedSettings_AreThoseOfTheMoment()
    {
        Update("""
            {"scope":"Cluster","syncController":{"adoptResources":"Disabled","defaultPlacement":"None","unreachableDeletionTimeout":"7s"},
             "controllerDuration":{"availableDelay":"2s"},"featureGates":[{"name":"RawResourceStatusCollection","configuration":"Enabled"}]}
            """);
        var sync = _live.Current.Sync;
        Assert.Multiple(() =>
        {
            Assert.That(_changes, Is.EqualTo(1));
            Assert.That(sync.AdoptResources, Is.False);
            Assert.That(sync.Placement.SelectAllByDefault, Is.False);
            Assert.That(sync.UnreachableDeletionTimeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(sync.AvailableDelay, Is.EqualTo(TimeSpan.FromSeconds(2)));
            Assert.That(sync.CollectsRawStatus, Is.True);
        });
    }

    [Test]
    public void Follow_ChangedHealthChecks_AreThoseOfTheMoment()
    {
        Update("""{"scope":"Cluster","clusterHealthCheck":{"period":"30s","timeout":"5s","failureThreshold":7,"successThreshold":2}}""");
        Assert.Multiple(() =>
        {
            Assert.That(_changes, Is.EqualTo(1));
            Assert.That(_live.Current.Clusters, Is.EqualTo(new ClusterSettings
            {
                Period = TimeSpan.FromSeconds(30),
                Timeout = TimeSpan.FromSeconds(5),
                FailureThreshold = 7,
                SuccessThreshold = 2,
            }));
        });
    }

    [Test]
    public void Follow_WhatIsOfTheStart_StaysUntilTheNext()
    {
        Update("""{"scope":"Namespaced","syncController":{"maxConcurrentReconciles":100}}""");
        Assert.Multiple(() =>
        {
            Assert.That(_live.Current.Sync.TargetNamespace, Is.Null);
            Assert.That(_live.Current.Sync.Placement.NamespacedControlPlane, Is.False);
            Assert.That(_changes, Is.Zero);
        });
    }

    [TestCase("""{"scope":"Cluster","syncController":{"adoptResources":"Sometimes"}}""", "spec.syncController.adoptResources")]
    [TestCase("""{"scope":"Cluster","clusterHealthCheck":{"period":"0s"}}""", "spec.clusterHealthCheck.period")]
    [TestCase("""{"scope":"Cluster","clusterHealthCheck":{"period":"soon"}}""", "clusterHealthCheck.period")]
    [TestCase("""{"scope":"Cluster","featureGates":[{"name":"None","configuration":"Enabled"}]}""", "spec.featureGates[0].name")]
    public void Follow_Unusable_ChangesNothingAndIsTold(string spec, string expected)
    {
        var before = _live.Current;
        Update(spec);
        Assert.Multiple(() =>
        {
            Assert.That(_live.Current, Is.SameAs(before));
            Assert.That(_events.All.Single().Message, Does.Contain(expected));
        });
    }

    [Test]
    public void Follow_AnotherConfig_IsNotOurs()
    {
        _live.OnAdd(Config("""{"scope":"Cluster","syncController":{"adoptResources":"Disabled"}}""", "other"), isInInitialList: false);
        Assert.That(_live.Current.Sync.AdoptResources, Is.True);
    }

    private void Update(string spec) => _live.OnUpdate(Config("""{"scope":"Cluster"}"""), Config(spec));

    private static KubeObject Config(string spec, string name = "kubefed") => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "core.kubefed.io/v1beta1",
        ["kind"] = "KubeFedConfig",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "kube-federation-system" },
        ["spec"] = JsonNode.Parse(spec),
    });
}
