using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e;

/// <summary>What a person sees of a controller manager that cannot start.</summary>
[Category("no-cluster")]
[Parallelizable(ParallelScope.All)]
public sealed class ControllerManagerStartTests
{
    [TestCase("clusters: [oops", "kubeconfig")]
    [TestCase("apiVersion: v1\nkind: Config\ncurrent-context: nowhere\n", "nowhere")]
    public async Task Start_KubeconfigIsBad_EndsWithOneSentence(string kubeconfig, string told)
    {
        using var folder = new TempFolder();
        var result = await RunAsync("--kubeconfig", folder.Write("kubeconfig", kubeconfig), "--kubefed-namespace", "kube-federation-system");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain(told).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Start_UnknownFlag_EndsWithUsage()
    {
        var result = await RunAsync("--no-such-flag");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("--no-such-flag"));
    }

    private static Task<ProcessResult> RunAsync(params string[] arguments) => ProgramFile.ControllerManager.RunAsync(
        [.. arguments, "--healthz-addr", "0", "--metrics-addr", "0"], new ProcessOptions { Timeout = Wait.Timeout });
}
