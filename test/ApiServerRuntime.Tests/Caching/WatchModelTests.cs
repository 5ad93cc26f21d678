namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>Random writes, losses of the storage and watches of every kind against the storage's own record of what happened.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WatchModelTests
{
    [FsCheck.NUnit.Property(MaxTest = 40)]
    public void Watch_AnyHistory_SeesEachEventOnceInOrder(int seed)
    {
        var run = Task.Run(() => new WatchModelRun(seed).RunAsync());
        Assert.That(() => run.WaitAsync(TimeSpan.FromSeconds(60)), Throws.Nothing, $"seed {seed}");
    }
}
