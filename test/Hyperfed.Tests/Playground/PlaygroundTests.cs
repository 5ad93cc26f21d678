using KubeFed.Hyperfed.Playground;
using KubeFed.TestSupport.IO;

namespace KubeFed.Hyperfed.Tests.Playground;

public sealed class PlaygroundTests
{
    [Test]
    [CancelAfter(300_000)]
    public async Task Run_Exit_EndsWithEveryReplicaRunningAndLeavesNothing(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        await using var output = new StringWriter();
        var options = new PlaygroundOptions { Members = 2, Folder = folder.Path, Exit = true };

        await new PlaygroundRun(options, output, TimeProvider.System).RunAsync(cancellationToken);

        Assert.That(output.ToString(), Does.Contain("cluster1 eu-west ready=True replicas=4/4").And.Contain("cluster2 us-east ready=True replicas=2/2"));
        Assert.That(File.Exists(Path.Combine(folder.Path, "kubeconfig")), Is.False);
    }
}
