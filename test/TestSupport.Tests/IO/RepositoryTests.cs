using KubeFed.TestSupport.IO;

namespace KubeFed.TestSupport.Tests.IO;

[TestFixture]
public sealed class RepositoryTests
{
    [Test]
    public void Root_OfTheRunningTests_HoldsTheSolution() => Assert.That(Repository.Combine("kubefed.slnx"), Does.Exist);

    [Test]
    public void ResolveSource_PathOfADeterministicBuild_LiesInTheRepository() =>
        Assert.That(Repository.ResolveSource("/_/test/A.cs"), Is.EqualTo(Repository.Combine("test", "A.cs")));

    [Test]
    public void ResolveSource_OrdinaryPath_StaysAsItIs() => Assert.That(Repository.ResolveSource("/x/A.cs"), Is.EqualTo("/x/A.cs"));
}
