using System.Text;
using KubeFed.FederationControllerManager.Scheduling.Capacity;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Capacity;

public sealed class MemberRoomReaderTests
{
    private static readonly PodFootprint OneCpu = PodFootprint.Of(Encoding.UTF8.GetBytes("""{"containers":[{"resources":{"requests":{"cpu":"1"}}}]}"""));

    [Test]
    public async Task ReadAsync_NodesAndPods_SubtractsWhatRuns()
    {
        var member = new FakeReader()
            .Node("n1", """{"cpu":"4","pods":"110"}""")
            .Node("n2", """{"cpu":"4","pods":"2"}""")
            .Node("n3", """{"cpu":"3500m","pods":"110"}""")
            .Pod("p1", "n1", """{"cpu":"1500m"}""")
            .Pod("p2", "n2", "{}")
            .Pod("p3", "n3", """{"cpu":"3"}""", "Succeeded")
            .Pod("p4", "n3", """{"cpu":"3"}""", "Failed")
            .Pod("p5", "gone", """{"cpu":"3"}""");
        var room = await MemberRoomReader.ReadAsync(member, CancellationToken.None);
        Assert.That(room.Nodes.Select(static n => n.Name), Is.EqualTo(new[] { "n1", "n2", "n3" }));
        Assert.That(room.Nodes.Select(static n => n.Fits(OneCpu)), Is.EqualTo(new long[] { 2, 1, 3 }));
        Assert.That(room.Fits(OneCpu), Is.EqualTo(6));
    }

    [Test]
    public async Task ReadAsync_NodesThatTakeNothing_AreLeftOut()
    {
        var member = new FakeReader()
            .Node("cordoned", """{"cpu":"4","pods":"9"}""", """{"unschedulable":true}""")
            .Node("down", """{"cpu":"4","pods":"9"}""", ready: "Unknown")
            .Node("tainted", """{"cpu":"4","pods":"9"}""", """{"taints":[{"key":"gpu","effect":"NoSchedule"}]}""")
            .Node("advised", """{"cpu":"4","pods":"9"}""", """{"taints":[{"key":"gpu","effect":"PreferNoSchedule"}]}""");
        var room = await MemberRoomReader.ReadAsync(member, CancellationToken.None);
        Assert.That(room.Fits(OneCpu), Is.EqualTo(4));

        var tolerant = PodFootprint.Of(Encoding.UTF8.GetBytes("""{"tolerations":[{"key":"gpu","operator":"Exists"}]}"""));
        Assert.That(room.Fits(tolerant), Is.EqualTo(18));
    }

    [Test]
    public async Task Fits_UnknownResourceOrOvercommittedNode_IsNothing()
    {
        var member = new FakeReader().Node("n1", """{"cpu":"1","pods":"9"}""").Pod("p1", "n1", """{"cpu":"2"}""");
        var room = await MemberRoomReader.ReadAsync(member, CancellationToken.None);
        var gpu = PodFootprint.Of(Encoding.UTF8.GetBytes("""{"containers":[{"resources":{"requests":{"gpu":"1"}}}]}"""));
        Assert.That((room.Fits(OneCpu), room.Fits(gpu)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task SameAs_AnotherReading_ComparesWhatIsFree()
    {
        var member = new FakeReader().Node("n1", """{"cpu":"1","pods":"9"}""");
        var first = await MemberRoomReader.ReadAsync(member, CancellationToken.None);
        var same = await MemberRoomReader.ReadAsync(member, CancellationToken.None);
        var fuller = await MemberRoomReader.ReadAsync(member.Pod("p1", "n1", "{}"), CancellationToken.None);
        Assert.That((first.SameAs(same), first.SameAs(fuller)), Is.EqualTo((true, false)));
    }
}
