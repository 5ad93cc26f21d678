using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Tests.Members;

[TestFixture]
public sealed class ResourceVersionsTests
{
    [TestCase("10", "9", true)]
    [TestCase("9", "10", false)]
    [TestCase("10", "10", true)]
    [TestCase("", "10", false)]
    [TestCase(null, "10", false)]
    [TestCase("10", null, true)]
    [TestCase("abc", "10", true)]
    [TestCase("10", "abc", true)]
    public void IsAtLeast_Case_Result(string? version, string? other, bool expected) =>
        Assert.That(ResourceVersions.IsAtLeast(version, other), Is.EqualTo(expected));
}
