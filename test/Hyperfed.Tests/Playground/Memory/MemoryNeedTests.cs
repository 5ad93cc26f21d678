using KubeFed.Hyperfed.Playground;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.Hyperfed.Playground.Memory;
using KubeFed.Hyperfed.Playground.Screens;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground.Memory;

[Parallelizable(ParallelScope.All)]
public sealed class MemoryNeedTests
{
    private const long Megabyte = 1024 * 1024;

    [Test]
    public void Check_EnoughForAll_Passes() => Assert.DoesNotThrow(() => MemoryNeed.Check(ProviderCatalog.Usual, 3, 600 * Megabyte));

    [Test]
    public async Task Run_TooLittleMemory_IsRefusedInOneSentenceAndLeavesNothing()
    {
        using var temporary = new TempFolder();
        await using var output = new StringWriter();
        var options = new PlaygroundOptions { Members = 3, Folder = temporary.Combine("playground"), AvailableMemory = 100 * Megabyte };

        var refused = (await Assert.ThrowsAsync<PlaygroundException>(
            () => new PlaygroundRun(options, new PlainScreen(output), TimeProvider.System).RunAsync(CancellationToken.None)))!;

        Assert.That(
            refused.Message,
            Does.Match("^There is not enough free memory: 4 clusters \\(--provider embedded\\) and the federation take about [0-9]+ MiB, and 100 MiB are free\\. Take fewer --members, or free some\\.$"));
        Assert.That(Directory.Exists(options.Folder), Is.False);
        Assert.That(output.ToString(), Is.Empty);
    }
}
