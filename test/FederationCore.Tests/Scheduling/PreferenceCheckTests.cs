using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

public sealed class PreferenceCheckTests
{
    private static readonly FieldPath Spec = FieldPath.Root("spec");

    [TestCase(0, "", "")]
    [TestCase(10, "*:w1m2M5 a:w0m0M0", "")]
    [TestCase(-1, "", "spec.totalReplicas: Invalid value: -1: must be greater than or equal to 0")]
    [TestCase(5, "a:w-1", "spec.clusters[a].weight: Invalid value: -1: must be greater than or equal to 0")]
    [TestCase(5, "a:m-1", "spec.clusters[a].minReplicas: Invalid value: -1: must be greater than or equal to 0")]
    [TestCase(5, "a:M-1", "spec.clusters[a].maxReplicas: Invalid value: -1: must be greater than or equal to 0")]
    [TestCase(5, "*:m4M3", "spec.clusters[*].minReplicas: Invalid value: 4: must not be more than maxReplicas (3)")]
    [TestCase(-2, "b:w-1 a:m4M3", "[spec.totalReplicas: Invalid value: -2: must be greater than or equal to 0, "
        + "spec.clusters[a].minReplicas: Invalid value: 4: must not be more than maxReplicas (3), "
        + "spec.clusters[b].weight: Invalid value: -1: must be greater than or equal to 0]")]
    public void Errors_OfNumbers_NameTheFields(long total, string preferences, string expected)
    {
        Assert.That(PreferenceCheck.Of(total, PlanText.Preferences(preferences), Spec).Errors.ToString(), Is.EqualTo(expected));
    }

    [TestCase(10, "a:m6 b:m5", "spec.clusters: minReplicas add up to 11, more than totalReplicas (10)")]
    [TestCase(10, "a:w1M6 b:w1M3", "spec.clusters: maxReplicas add up to 9, less than totalReplicas (10)")]
    [TestCase(10, "a:w0", "spec.clusters: every weight is 0, so nothing is shared out")]
    [TestCase(10, "*:m6 b:m5", "")]
    [TestCase(10, "a:w1M6 *:w1M3", "")]
    [TestCase(10, "", "")]
    public void Warnings_OfSums_SayBothNumbers(long total, string preferences, string expected)
    {
        var check = PreferenceCheck.Of(total, PlanText.Preferences(preferences), Spec);
        Assert.That(check.Errors, Is.Empty);
        Assert.That(string.Join('|', check.Warnings), Is.EqualTo(expected));
    }
}
