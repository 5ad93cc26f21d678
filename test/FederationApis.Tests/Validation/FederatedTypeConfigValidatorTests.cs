using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Crds;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationApis.Tests.Validation;

public sealed class FederatedTypeConfigValidatorTests
{
    private static readonly FederatedTypeConfig Good = FederatedTypeFactory.CreateTypeConfig(
        new FederationTarget { Resource = new() { Group = "apps", Version = "v1", Kind = "Deployment", PluralName = "deployments", Scope = "Namespaced" } }, "kf");

    private static string[] Fields(FederatedTypeConfigSpec spec) =>
        [.. FederatedTypeConfigValidator.Validate(Good with { Spec = spec }).Select(e => e.Field)];

    [Test]
    public void Validate_Good_HasNoErrors() => Assert.That(FederatedTypeConfigValidator.Validate(Good).ToString(), Is.Empty);

    [Test]
    public void Validate_Faults_NameTheFields()
    {
        var target = Good.Spec.TargetType;
        var federated = Good.Spec.FederatedType;
        Assert.Multiple(() =>
        {
            Assert.That(FederatedTypeConfigValidator.Validate(Good with { Metadata = new() { Name = "other" } }).ToString(), Does.Contain("deployments.apps"));
            Assert.That(Fields(Good.Spec with { TargetType = target with { Version = "1v" } }), Is.EqualTo(["spec.targetType.version"]));
            Assert.That(Fields(Good.Spec with { TargetType = target with { Kind = "" } }), Is.EqualTo(["spec.targetType.kind"]));
            Assert.That(Fields(Good.Spec with { TargetType = target with { Scope = "Global" } }), Is.EqualTo(["spec.targetType.scope"]));
            Assert.That(Fields(Good.Spec with { FederatedType = federated with { Group = null } }), Is.EqualTo(["spec.federatedType.group"]));
            Assert.That(Fields(Good.Spec with { FederatedType = federated with { Group = "nodot" } }), Is.EqualTo(["spec.federatedType.group"]));
            Assert.That(Fields(Good.Spec with { FederatedType = federated with { PluralName = "A" } }), Is.EqualTo(["spec.federatedType.pluralName"]));
            Assert.That(Fields(Good.Spec with { Propagation = "On" }), Is.EqualTo(["spec.propagation"]));
            Assert.That(Fields(Good.Spec with { StatusCollection = "On" }), Is.EqualTo(["spec.statusCollection"]));
            Assert.That(Fields(Good.Spec with { StatusType = federated with { Group = "" } }), Is.EqualTo(["spec.statusType.group"]));
        });
    }

    [Test]
    public void ValidateStatus_Faults_NameTheFields()
    {
        var config = Good with { Status = new() { ObservedGeneration = -1, PropagationController = "Walking", StatusController = "Running" } };
        Assert.That(FederatedTypeConfigValidator.ValidateStatus(config).Select(e => e.Field), Is.EqualTo(
            ["status.observedGeneration", "status.propagationController"]));
    }
}
