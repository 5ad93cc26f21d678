using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationApis.Tests.Core;

public sealed class KubeFedConfigSpecTests
{
    [Test]
    public void WithDefaults_ScopeAlone_IsCompleteAndValid()
    {
        var spec = new KubeFedConfigSpec { Scope = "Cluster" }.WithDefaults();
        Assert.Multiple(() =>
        {
            Assert.That(KubeFedConfigValidator.Validate(new KubeFedConfig { Spec = spec }).ToString(), Is.Empty);
            Assert.That(spec.ControllerDuration!.UnavailableDelay, Is.EqualTo(TimeSpan.FromSeconds(60)));
            Assert.That(spec.LeaderElect!.LeaseDuration, Is.EqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(spec.ClusterHealthCheck!.FailureThreshold, Is.EqualTo(3));
            Assert.That(spec.SyncController!.DefaultPlacement, Is.EqualTo("All"));
            Assert.That(spec.SyncController.UnreachableDeletionTimeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(spec.FeatureGates!.Select(g => $"{g.Name}={g.Configuration}"), Is.EqualTo(
                ["PushReconciler=Enabled", "RawResourceStatusCollection=Disabled", "SchedulerPreferences=Enabled"]));
            Assert.That(spec.IsFeatureEnabled("PushReconciler"));
            Assert.That(spec.IsFeatureEnabled("Unknown"), Is.False);
        });
    }

    [Test]
    public void WithDefaults_UsersValues_Survive()
    {
        var spec = new KubeFedConfigSpec
        {
            Scope = "Namespaced",
            LeaderElect = new LeaderElectConfig { RetryPeriod = TimeSpan.FromSeconds(2) },
            FeatureGates = [new FeatureGateConfig { Name = "SchedulerPreferences", Configuration = "Disabled" }],
        }.WithDefaults();
        Assert.That(spec.LeaderElect!.RetryPeriod, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(spec.FeatureGates, Has.Count.EqualTo(3));
        Assert.That(spec.IsFeatureEnabled("SchedulerPreferences"), Is.False);
    }

    [Test]
    public void FederatedTypeConfigWithDefaults_NameAndKinds_FillPluralsAndGroups()
    {
        var config = new FederatedTypeConfig
        {
            Metadata = new() { Name = "networkpolicies.networking.k8s.io" },
            Spec = new()
            {
                TargetType = new() { Version = "v1", Kind = "NetworkPolicy" },
                FederatedType = new() { Group = "types.kubefed.io", Version = "v1beta1", Kind = "FederatedNetworkPolicy" },
                StatusType = new() { Kind = "FederatedNetworkPolicyStatus" },
            },
        }.WithDefaults();
        Assert.Multiple(() =>
        {
            Assert.That(config.Spec.TargetType.ToConfigName(), Is.EqualTo("networkpolicies.networking.k8s.io"));
            Assert.That(config.Spec.FederatedType.PluralName, Is.EqualTo("federatednetworkpolicies"));
            Assert.That(config.Spec.StatusType!.ToGroupVersionResource().ToString(), Does.Contain("federatednetworkpolicystatuses").And.Contain("types.kubefed.io/v1beta1"));
        });
    }

    [TestCase("Ingress", "ingresses")]
    [TestCase("NetworkPolicy", "networkpolicies")]
    [TestCase("Box", "boxes")]
    [TestCase("Quiz", "quizes")]
    [TestCase("Hero", "heroes")]
    [TestCase("Batch", "batches")]
    [TestCase("Mesh", "meshes")]
    [TestCase("ConfigMap", "configmaps")]
    [TestCase("", "")]
    public void Plural_Kind_FollowsTheRules(string kind, string plural) => Assert.That(KindNames.Plural(kind), Is.EqualTo(plural));
}
