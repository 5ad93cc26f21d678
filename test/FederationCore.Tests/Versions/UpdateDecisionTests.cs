using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationCore.Rendering;
using KubeFed.FederationCore.Versions;

namespace KubeFed.FederationCore.Tests.Versions;

public sealed class UpdateDecisionTests
{
    private static readonly DesiredObject Desired = new DesiredObjectBuilder(
        Federated.Of("""{"template":{"metadata":{"labels":{"a":"1"},"annotations":{"n":"1"}}}}"""), Federated.Deployment).Build("c1").Object!;

    private static readonly ObjectMeta Member = new()
    {
        Name = "web",
        Generation = 4,
        ResourceVersion = "77",
        Labels = StringMap.From([new("a", "1"), new("kubefed.io/managed", "true"), new("more", "x")]),
        Annotations = StringMap.From([new("n", "1"), new("more", "x")]),
    };

    private static ClusterObjectVersion Record(string version) =>
        new() { ClusterName = "c1", Version = version, AppliedHash = Desired.Hash };

    [Test]
    public void Of_Generation_WinsOverResourceVersion()
    {
        Assert.That(ObjectVersion.Of(Member), Is.EqualTo("gen:4"));
        Assert.That(ObjectVersion.Of(Member with { Generation = 0 }), Is.EqualTo("rv:77"));
    }

    [Test]
    public void NeedsUpdate_RecordedAndUnchanged_IsFalse()
    {
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:4"), Desired, Member), Is.False);
        Assert.That(UpdateDecision.NeedsUpdate(Record("rv:77"), Desired, Member with { Generation = 0 }), Is.False);
    }

    [Test]
    public void NeedsUpdate_NothingRecorded_IsTrue() => Assert.That(UpdateDecision.NeedsUpdate(null, Desired, Member));

    [Test]
    public void NeedsUpdate_RecordOfKubeFed_IsTrue() =>
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:4") with { AppliedHash = null }, Desired, Member));

    [Test]
    public void NeedsUpdate_OtherContent_IsTrue() =>
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:4") with { AppliedHash = "0" }, Desired, Member));

    [Test]
    public void NeedsUpdate_MemberMoved_IsTrue()
    {
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:3"), Desired, Member));
        Assert.That(UpdateDecision.NeedsUpdate(Record("rv:76"), Desired, Member with { Generation = 0 }));
    }

    [Test]
    public void NeedsUpdate_LabelOrAnnotationGone_IsTrue()
    {
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:4"), Desired, Member with { Labels = Member.Labels.With("a", "2") }));
        Assert.That(UpdateDecision.NeedsUpdate(Record("gen:4"), Desired, Member with { Annotations = StringMap.Empty }));
    }
}
