using KubeFed.TestSupport.Threading;

namespace KubeFed.TestSupport.Tests.Threading;

[TestFixture]
public sealed class SyncPointTests
{
    [Test]
    public async Task Pass_UntilReleased_Halts()
    {
        var point = new SyncPoint();
        var passing = point.PassAsync();

        await point.ReachedAsync();
        Assert.That((point.IsReached, passing.IsCompleted), Is.EqualTo((true, false)));

        point.Release();
        await passing;
    }

    [Test]
    public void Reached_NobodyComes_TimesOut() =>
        Assert.That(() => new SyncPoint().ReachedAsync(TimeSpan.FromMilliseconds(50)), Throws.InstanceOf<TimeoutException>());

    [Test]
    public void Pass_Cancelled_Throws() =>
        Assert.That(() => new SyncPoint().PassAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
}
