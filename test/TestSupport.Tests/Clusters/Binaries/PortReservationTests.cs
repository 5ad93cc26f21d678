using KubeFed.TestSupport.Clusters.Binaries;

namespace KubeFed.TestSupport.Tests.Clusters.Binaries;

[TestFixture]
public sealed class PortReservationTests
{
    [Test]
    public void Take_SameRandomSequence_GivesDifferentPorts()
    {
        using var first = PortReservation.Take(new Random(1));
        using var second = PortReservation.Take(new Random(1));

        Assert.That(second.Port, Is.Not.EqualTo(first.Port));
    }

    [Test]
    public void Dispose_Port_CanBeTakenAgain()
    {
        var first = PortReservation.Take(new Random(2));
        first.Dispose();
        using var second = PortReservation.Take(new Random(2));

        Assert.That(second.Port, Is.EqualTo(first.Port));
    }
}
