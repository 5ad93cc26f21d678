using KubeFed.ApiMachinery.Identity;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Telemetry;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.FederationControllerManager.Tests.Sync;
using KubeFed.TestSupport.Time;

namespace KubeFed.FederationControllerManager.Tests.Telemetry;

/// <summary>Dashboards made for KubeFed find its metrics, by name, type, labels and buckets.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class FederationMetricsTests : IDisposable
{
    private const string Buckets =
        "0.01 0.05 0.1 0.5 1 2.5 5 7.5 10 12.5 15 17.5 20 22.5 25 27.5 30 50 75 100 1000 +Inf";

    private readonly Meters _meters = new();
    private readonly FederationMetrics _metrics;

    public FederationMetricsTests() => _metrics = new FederationMetrics(_meters.Factory);

    public void Dispose() => _meters.Dispose();

    [Test]
    public void Clusters_EachState_IsOneOfThreeSeries()
    {
        _metrics.Clusters.IsIn("c1", ProbeState.Ready);
        _metrics.Clusters.IsIn("c2", ProbeState.NotReady);
        _metrics.Clusters.IsIn("c1", ProbeState.Offline);

        Assert.Multiple(() =>
        {
            Assert.That(_meters.TypeOf("kubefedcluster_total"), Is.EqualTo("gauge"));
            Assert.That(_meters.Lines("kubefedcluster_total"), Is.EquivalentTo(new[]
            {
                "kubefedcluster_total{cluster=\"c1\",state=\"ready\"} 0",
                "kubefedcluster_total{cluster=\"c1\",state=\"notready\"} 0",
                "kubefedcluster_total{cluster=\"c1\",state=\"offline\"} 1",
                "kubefedcluster_total{cluster=\"c2\",state=\"ready\"} 0",
                "kubefedcluster_total{cluster=\"c2\",state=\"notready\"} 1",
                "kubefedcluster_total{cluster=\"c2\",state=\"offline\"} 0",
            }));
            Assert.That(_meters.TypeOf("joined_cluster_total"), Is.EqualTo("gauge"));
            Assert.That(_meters.Lines("joined_cluster_total"), Is.EqualTo(new[] { "joined_cluster_total 2" }));
        });
    }

    [Test]
    public void Clusters_NoLongerRegistered_HaveNoSeries()
    {
        _metrics.Clusters.IsIn("c1", ProbeState.Ready);
        _metrics.Clusters.IsIn("c2", ProbeState.Ready);
        _metrics.Clusters.Forget("c1");

        Assert.That(_meters.Lines("kubefedcluster_total"), Has.Length.EqualTo(3).And.All.Contain("c2"));

        _metrics.Clusters.ForgetAll();
        Assert.That(_meters.Lines("kubefedcluster_total"), Is.Empty);
        Assert.That(_meters.Lines("joined_cluster_total"), Is.EqualTo(new[] { "joined_cluster_total 0" }));
    }

    [TestCase("cluster_health_status_duration_seconds")]
    [TestCase("cluster_client_connection_duration_seconds")]
    [TestCase("reconcile_federated_resources_duration_seconds")]
    [TestCase("dispatch_operation_duration_seconds")]
    [TestCase("controller_runtime_reconcile_duration_seconds")]
    public void Histograms_OfKubeFed_HaveItsBuckets(string name)
    {
        Measure();

        Assert.That(_meters.TypeOf(name), Is.EqualTo("histogram"));
        var bounds = _meters.Lines($"{name}_bucket").Select(static line => line[(line.IndexOf("le=\"", StringComparison.Ordinal) + 4)..line.IndexOf("\"}", StringComparison.Ordinal)]);
        Assert.That(string.Join(' ', bounds.Distinct()), Is.EqualTo(Buckets));
    }

    [Test]
    public void Reconciles_OfControllers_AreAHistogramAndASummaryWithoutQuantiles()
    {
        foreach (var controller in new[] { ReconcileMetrics.TypeConfigs, ReconcileMetrics.SchedulingManager, ReconcileMetrics.SchedulingPreferences, ReconcileMetrics.Status })
        {
            _metrics.Reconciles.Reconciled(controller, TimeSpan.FromSeconds(0.5));
        }

        Assert.Multiple(() =>
        {
            Assert.That(_meters.TypeOf("controller_runtime_reconcile_quantile_seconds"), Is.EqualTo("summary"));
            Assert.That(_meters.Lines("controller_runtime_reconcile_quantile_seconds"), Is.EquivalentTo(new[]
            {
                "controller_runtime_reconcile_quantile_seconds_sum{controller=\"federatedtypeconfigcontroller\"} 0.5",
                "controller_runtime_reconcile_quantile_seconds_count{controller=\"federatedtypeconfigcontroller\"} 1",
                "controller_runtime_reconcile_quantile_seconds_sum{controller=\"schedulingmanagercontroller\"} 0.5",
                "controller_runtime_reconcile_quantile_seconds_count{controller=\"schedulingmanagercontroller\"} 1",
                "controller_runtime_reconcile_quantile_seconds_sum{controller=\"schedulingpreferencecontroller\"} 0.5",
                "controller_runtime_reconcile_quantile_seconds_count{controller=\"schedulingpreferencecontroller\"} 1",
                "controller_runtime_reconcile_quantile_seconds_sum{controller=\"statuscontroller\"} 0.5",
                "controller_runtime_reconcile_quantile_seconds_count{controller=\"statuscontroller\"} 1",
            }));
            Assert.That(_meters.Lines("controller_runtime_reconcile_duration_seconds_count"), Has.Length.EqualTo(4));
        });
    }

    [Test]
    public async Task MeasuredReconciler_WhateverBecomesOfIt_TellsHowLongItTook()
    {
        var clock = new FakeTimeProvider();
        var told = new List<double>();
        var fails = false;
        var reconciler = new MeasuredReconciler<string>(
            new Script(() =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                return fails ? throw new TerminalException("no") : ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(7));
            }),
            clock,
            took => told.Add(took.TotalSeconds));

        Assert.That((await reconciler.ReconcileAsync("a", default)).Delay, Is.EqualTo(TimeSpan.FromSeconds(7)));
        fails = true;
        Assert.That(async () => await reconciler.ReconcileAsync("a", default), Throws.TypeOf<TerminalException>());

        Assert.That(told, Is.EqualTo(new[] { 2.0, 2.0 }));
    }

    [Test]
    public async Task Propagation_OfAnObject_IsMeasured()
    {
        await using var federation = new Federation(Federation.ConfigMaps, "c1", "c2") { Metrics = _metrics };
        await federation.StartAsync();
        federation.Write("a", """{"template":{"data":{"k":"v"}}}""");
        await federation.UntilInOrder("a");
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");
        await federation.Until(() => federation.Copy("c2", "a")?.GetString("data", "k") == "w", "the change is in c2");
        await federation.UntilInOrder("a");
        federation.Delete("a");
        await federation.Until(() => federation.Federated("a") is null && federation.Copy("c1", "a") is null, "the object is gone");

        Assert.Multiple(() =>
        {
            Assert.That(_meters.Lines("dispatch_operation_duration_seconds_count"), Is.EquivalentTo(new[]
            {
                "dispatch_operation_duration_seconds_count{action=\"create\"} 2",
                "dispatch_operation_duration_seconds_count{action=\"delete\"} 2",
                "dispatch_operation_duration_seconds_count{action=\"update\"} 2",
            }));
            Assert.That(_meters.Lines("kubefed_dispatch_requests_total{cluster=\"c1\",result=\"done\"}"), Is.EqualTo(new[] { "kubefed_dispatch_requests_total{cluster=\"c1\",result=\"done\"} 3" }));
            Assert.That(_meters.Lines("kubefed_dispatch_requests_total{cluster=\"c2\",result=\"timed_out\"}"), Has.Length.EqualTo(1), "there from the start, at zero");
            Assert.That(_meters.Lines("kubefed_dispatch_concurrency"), Has.Length.EqualTo(2));
            Assert.That(_meters.Lines("kubefed_dispatch_blocked"), Has.Length.EqualTo(2).And.All.EndsWith(" 0"));
            Assert.That(_meters.Lines("reconcile_federated_resources_duration_seconds_count"), Has.Length.EqualTo(1));
            Assert.That(_meters.Lines("controller_runtime_reconcile_total{controller=\"sync-configmaps\",result=\"success\"}"), Has.Length.EqualTo(1));
            Assert.That(_meters.Lines("workqueue_depth{name=\"dispatch-c1\"}"), Has.Length.EqualTo(1));
        });

        await federation.StopAsync();
        Assert.That(_meters.Lines("kubefed_dispatch_concurrency"), Is.Empty, "no member is served any more");
    }

    private void Measure()
    {
        _metrics.Clusters.Probed(TimeSpan.FromSeconds(1));
        _metrics.Clusters.Connected(TimeSpan.FromSeconds(1));
        _metrics.Reconciles.FederatedReconciled(TimeSpan.FromSeconds(1));
        _metrics.Reconciles.Reconciled(ReconcileMetrics.Status, TimeSpan.FromSeconds(1));
        var intent = new DispatchIntent
        {
            Key = new DispatchKey("configmaps", new NamespacedName("ns", "a")),
            Resource = new GroupVersionResource("", "v1", "configmaps"),
            Action = DispatchAction.Apply,
            Cache = null!,
            Sink = null!,
        };
        _metrics.Dispatch.Ended("c1", intent, DispatchOutcome.Done(null), TimeSpan.FromSeconds(1));
        _metrics.Dispatch.Ended("c1", intent with { Action = DispatchAction.Verify }, DispatchOutcome.Done(null), TimeSpan.FromSeconds(1));
        _metrics.Dispatch.Ended("c1", intent, DispatchOutcome.Failed(DispatchResult.Rejected, "no"), TimeSpan.FromSeconds(1));
    }

    private sealed class Script(Func<ReconcileResult> result) : IReconciler<string>
    {
        public Task<ReconcileResult> ReconcileAsync(string key, CancellationToken cancellationToken)
        {
            try
            {
                return Task.FromResult(result());
            }
            catch (TerminalException e)
            {
                return Task.FromException<ReconcileResult>(e);
            }
        }
    }
}
