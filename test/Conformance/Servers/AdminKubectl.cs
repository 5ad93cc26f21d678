using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Conformance.Servers;

/// <summary>The newest kubectl of the test bed, for setting servers up.</summary>
internal static class AdminKubectl
{
    /// <summary>Runs it with this kubeconfig and input and returns what it printed.</summary>
    public static Task<ProcessResult> RunAsync(string kubeconfig, string? input, params IEnumerable<string> arguments) => ProcessRunner.RunAsync(
        TestBed.Require("kubectl"),
        ["--kubeconfig", kubeconfig, "--cache-dir", Path.Combine(Path.GetDirectoryName(kubeconfig)!, "kubectl-cache"), .. arguments],
        new ProcessOptions { Input = input });
}
