using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationApis.Tests.Validation;

public sealed class KubeFedClusterValidatorTests
{
    private static readonly KubeFedClusterSpec Good = new() { ApiEndpoint = "https://a", SecretRef = new() { Name = "s" } };

    private static string Errors(KubeFedClusterSpec spec) => KubeFedClusterValidator.Validate(new KubeFedCluster { Spec = spec }).ToString();

    [TestCaseSource(typeof(Vectors), nameof(Vectors.GoodEndpoints))]
    public void Validate_GoodEndpoint_HasNoErrors(string endpoint) => Assert.That(Errors(Good with { ApiEndpoint = endpoint }), Is.Empty);

    [TestCaseSource(typeof(Vectors), nameof(Vectors.BadEndpoints))]
    public void Validate_BadEndpoint_NamesTheField(string endpoint) =>
        Assert.That(Errors(Good with { ApiEndpoint = endpoint }), Does.StartWith("spec.apiEndpoint: "));

    [TestCaseSource(typeof(Vectors), nameof(Vectors.GoodProxies))]
    public void Validate_GoodProxy_HasNoErrors(string proxy) => Assert.That(Errors(Good with { ProxyUrl = proxy }), Is.Empty);

    [TestCaseSource(typeof(Vectors), nameof(Vectors.BadProxies))]
    public void Validate_BadProxy_NamesTheField(string proxy) => Assert.That(Errors(Good with { ProxyUrl = proxy }), Does.StartWith("spec.proxyURL: "));

    [TestCaseSource(typeof(Vectors), nameof(Vectors.BadSecretNames))]
    public void Validate_BadSecretName_NamesTheField(string name) =>
        Assert.That(Errors(Good with { SecretRef = new() { Name = name } }), Does.StartWith("spec.secretRef.name: "));

    [TestCase("*", "")]
    [TestCase("SubjectName,ValidityPeriod", "")]
    [TestCase("SubjectName,*", "spec.disabledTLSValidations[1]: ")]
    [TestCase("*,SubjectName", "spec.disabledTLSValidations[0]: ")]
    [TestCase("Other", "spec.disabledTLSValidations[0]: Unsupported value")]
    public void Validate_TlsValidations_FollowTheRules(string list, string error) =>
        Assert.That(Errors(Good with { DisabledTlsValidations = list.Split(',') }), error.Length == 0 ? Is.Empty : Does.StartWith(error));

    [Test]
    public void ValidateStatus_Conditions_AreChecked()
    {
        var cluster = new KubeFedCluster
        {
            Status = new() { Conditions = [new() { Type = "Ready", Status = "True", LastProbeTime = DateTimeOffset.UnixEpoch }, new() { Type = "Odd", Status = "Maybe" }] },
        };
        Assert.That(KubeFedClusterValidator.ValidateStatus(cluster).Select(e => e.Field), Is.EqualTo(
            ["status.conditions[1].type", "status.conditions[1].status", "status.conditions[1].lastProbeTime"]));
    }

    [FsCheck.NUnit.Property]
    public bool Validate_AnyText_NeverThrows(FsCheck.NonNull<string> text) =>
        KubeFedClusterValidator.Validate(new KubeFedCluster
        {
            Spec = new() { ApiEndpoint = text.Get, ProxyUrl = text.Get, SecretRef = new() { Name = text.Get }, DisabledTlsValidations = [text.Get] },
        }).Count >= 0;
}
