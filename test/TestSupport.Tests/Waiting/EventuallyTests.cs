using KubeFed.TestSupport.Waiting;

namespace KubeFed.TestSupport.Tests.Waiting;

[TestFixture]
public sealed class EventuallyTests
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(100);

    [Test]
    public async Task GetAsync_HoldsOnTheThirdProbe_ReturnsThatValue()
    {
        var probes = 0;

        var value = await Eventually.GetAsync(() => Task.FromResult(++probes), seen => seen == 3, "the third");

        Assert.That(value, Is.EqualTo(3));
    }

    [Test]
    public void Equal_NeverHolds_FailsAndNamesTheLastValue() =>
        Assert.That(
            () => Eventually.Equal(2, () => 1, "it is two", Brief),
            Throws.InstanceOf<AssertionException>().With.Message.Contains("it is two").And.Message.Contains("last seen: 1"));

    [Test]
    public void True_ProbeThrows_NamesTheException() =>
        Assert.That(
            () => Eventually.True(bool () => throw new InvalidOperationException("not up"), "up", Brief),
            Throws.InstanceOf<AssertionException>().With.Message.Contains("InvalidOperationException: not up"));

    [Test]
    public void GetAsync_ProbeHangs_EndsAllTheSame() =>
        Assert.That(
            () => Eventually.GetAsync(() => new TaskCompletionSource<int>().Task, _ => true, "an answer", Brief),
            Throws.InstanceOf<AssertionException>());

    [Test]
    public async Task Passes_AssertionFailsAtFirst_DoesNotFailTheTest()
    {
        var probes = 0;

        await Eventually.Passes(
            () =>
            {
                Assert.That(++probes, Is.GreaterThan(2));
                return Task.CompletedTask;
            },
            "probed often enough");

        Assert.That(probes, Is.EqualTo(3));
    }

    [Test]
    public void GetAsync_AssertionInTheProbe_EndsTheWait()
    {
        var probes = 0;

        Assert.That(
            () => Eventually.GetAsync<int>(
                () =>
                {
                    probes++;
                    throw new AssertionException("wrong for good");
                },
                _ => true,
                "never"),
            Throws.InstanceOf<AssertionException>().With.Message.EqualTo("wrong for good"));
        Assert.That(probes, Is.EqualTo(1));
    }
}
