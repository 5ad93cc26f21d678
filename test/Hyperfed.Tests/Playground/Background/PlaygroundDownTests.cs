using KubeFed.Hyperfed.Playground.Background;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Time;

namespace KubeFed.Hyperfed.Tests.Playground.Background;

[Parallelizable(ParallelScope.All)]
public sealed class PlaygroundDownTests
{
    [Test]
    public async Task Run_NoFolder_SaysThatNoneIsRunning()
    {
        using var temporary = new TempFolder();

        Assert.That(await RunAsync(temporary.Combine("none")), Is.EqualTo((0, "No playground is running.")));
        Assert.That(Directory.Exists(temporary.Combine("none")), Is.False);
    }

    [Test]
    public async Task Run_LeftByAKilledOne_RemovesItsFiles()
    {
        using var temporary = new TempFolder();
        temporary.Write("lock", string.Empty);
        temporary.Write("process", "1");
        temporary.Write("kubeconfig", "old");

        Assert.That(
            await RunAsync(temporary.Path),
            Is.EqualTo((0, "No playground is running; what one had left that was killed is removed.")));
        Assert.That(Directory.EnumerateFileSystemEntries(temporary.Path), Is.Empty);
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder)
    {
        await using var output = new StringWriter();
        int code = await new PlaygroundDown(output, new FakeTimeProvider()).RunAsync(folder, CancellationToken.None);
        return (code, output.ToString().TrimEnd());
    }
}
