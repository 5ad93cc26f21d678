using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationApis.Tests.Validation;

public sealed class KubeFedConfigValidatorTests
{
    private static readonly KubeFedConfigSpec Good = new KubeFedConfigSpec { Scope = "Cluster" }.WithDefaults();

    private static IEnumerable<TestCaseData> Faults()
    {
        yield return new TestCaseData(Good with { Scope = "" }, "spec.scope");
        yield return new TestCaseData(Good with { Scope = "World" }, "spec.scope");
        yield return new TestCaseData(Good with { ControllerDuration = Good.ControllerDuration! with { AvailableDelay = TimeSpan.Zero } }, "spec.controllerDuration.availableDelay");
        yield return new TestCaseData(Good with { LeaderElect = Good.LeaderElect! with { LeaseDuration = TimeSpan.FromSeconds(10) } }, "spec.leaderElect.leaseDuration");
        yield return new TestCaseData(Good with { LeaderElect = Good.LeaderElect! with { RetryPeriod = TimeSpan.FromSeconds(9) } }, "spec.leaderElect.renewDeadline");
        yield return new TestCaseData(Good with { LeaderElect = Good.LeaderElect! with { ResourceLock = "secrets" } }, "spec.leaderElect.resourceLock");
        yield return new TestCaseData(Good with { FeatureGates = [new() { Name = "X", Configuration = "Enabled" }] }, "spec.featureGates[0].name");
        yield return new TestCaseData(Good with { FeatureGates = [.. Good.FeatureGates!, Good.FeatureGates![0]] }, "spec.featureGates[3].name");
        yield return new TestCaseData(Good with { ClusterHealthCheck = Good.ClusterHealthCheck! with { FailureThreshold = 0 } }, "spec.clusterHealthCheck.failureThreshold");
        yield return new TestCaseData(Good with { SyncController = Good.SyncController! with { AdoptResources = "Maybe" } }, "spec.syncController.adoptResources");
        yield return new TestCaseData(Good with { SyncController = Good.SyncController! with { DefaultPlacement = "Some" } }, "spec.syncController.defaultPlacement");
        yield return new TestCaseData(Good with { StatusController = null }, "spec.statusController.maxConcurrentReconciles");
    }

    [TestCaseSource(nameof(Faults))]
    public void Validate_Fault_NamesTheField(KubeFedConfigSpec spec, string field) =>
        Assert.That(KubeFedConfigValidator.Validate(new KubeFedConfig { Spec = spec }).Select(e => e.Field), Is.EqualTo([field]));

    [Test]
    public void ValidateUpdate_OtherScope_IsRefused()
    {
        var old = new KubeFedConfig { Spec = Good };
        Assert.That(KubeFedConfigValidator.ValidateUpdate(old, old), Is.Empty);
        Assert.That(
            KubeFedConfigValidator.ValidateUpdate(new KubeFedConfig { Spec = Good with { Scope = "Namespaced" } }, old).ToString(),
            Does.StartWith("spec.scope: ").And.Contain("immutable"));
    }
}
