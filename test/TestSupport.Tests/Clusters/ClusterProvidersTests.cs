using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Clusters.Binaries;

namespace KubeFed.TestSupport.Tests.Clusters;

[TestFixture]
public sealed class ClusterProvidersTests
{
    [TestCase(null, "binaries")]
    [TestCase("", "binaries")]
    [TestCase("binaries", "binaries")]
    [TestCase("kind", "kind")]
    public void Select_Name_GivesTheProvider(string? name, string expected) =>
        Assert.That(ClusterProviders.Select(name).Name, Is.EqualTo(expected));

    [Test]
    public void Select_UnknownName_ListsTheKnownOnes() =>
        Assert.That(() => ClusterProviders.Select("minikube"), Throws.InstanceOf<ClusterException>().With.Message.Contains("binaries, kind"));

    [Test]
    public void Add_NameThatIsThere_IsRefused() =>
        Assert.That(() => ClusterProviders.Add(new BinariesClusterProvider()), Throws.InstanceOf<ClusterException>().With.Message.Contains("'binaries'"));

    [Test]
    public void Reject_InContinuousIntegration_Fails() =>
        Assert.That(() => ClusterProviders.Reject("no test bed", fail: true), Throws.InstanceOf<ClusterException>());

    [Test]
    public void Reject_Elsewhere_SkipsTheTest()
    {
        using var isolated = new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext();
        Assert.That(() => ClusterProviders.Reject("no test bed", fail: false), Throws.InstanceOf<IgnoreException>());
    }

    [Test]
    public void ClusterSetOptions_EqualContent_AreEqual() =>
        Assert.That(
            new ClusterSetOptions { HostApiServerArguments = new EquatableArguments("--v=2") },
            Is.EqualTo(new ClusterSetOptions { HostApiServerArguments = new EquatableArguments("--v=2") }));
}
