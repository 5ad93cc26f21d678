using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Sync;

namespace KubeFed.FederationControllerManager.Tests.Sync;

[TestFixture]
public sealed class RetryDelaysTests
{
    [Test]
    public void After_Rejected_BacksOffFromFiveSecondsToAMinute()
    {
        var delays = Enumerable.Range(1, 6).Select(n => RetryDelays.After(DispatchResult.Rejected, n).TotalSeconds);

        Assert.That(delays, Is.EqualTo(new[] { 5.0, 10, 20, 40, 60, 60 }));
    }

    [Test]
    public void After_FailedOnce_IsTriedAgainAtOnce() =>
        Assert.That(RetryDelays.After(DispatchResult.Failed, 1), Is.LessThan(TimeSpan.FromSeconds(1)));

    [FsCheck.NUnit.Property]
    public bool After_AnyCount_IsPositiveAndBounded(FsCheck.PositiveInt failures) =>
        Enum.GetValues<DispatchResult>().All(r =>
            RetryDelays.After(r, failures.Get) > TimeSpan.Zero && RetryDelays.After(r, failures.Get) <= TimeSpan.FromSeconds(60));
}
