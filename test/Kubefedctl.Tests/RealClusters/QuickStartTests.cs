using KubeFed.Kubefedctl.Tests.Docs;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Kubefedctl.Tests.RealClusters;

/// <summary>Runs the quick start of the README as it is written, and holds its output against what the README shows.</summary>
[NonParallelizable]
public sealed class QuickStartTests
{
    private const string Manager = "kubefed-controller-manager";

    [Test]
    public async Task Readme_QuickStart_PrintsWhatItShows()
    {
        var manager = FindManager();
        await using var clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 2 });
        using var folder = new TempFolder();
        await using var sandbox = new ProcessSandbox("quick-start");
        var kubeconfig = folder.Write(
            "kubeconfig",
            RealFederation.Merge(("host", clusters.Host), ("cluster1", clusters.Members[0]), ("cluster2", clusters.Members[1])));
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["KUBECONFIG"] = kubeconfig,
            ["PATH"] = $"{AppContext.BaseDirectory}:{Path.GetDirectoryName(clusters.Host.KubectlPath)}:{Environment.GetEnvironmentVariable("PATH")}",
        };

        foreach (var (commands, output) in FencedBlocks.Read(await File.ReadAllTextAsync(Repository.Combine("README.md"))))
        {
            if (commands.StartsWith(Manager, StringComparison.Ordinal))
            {
                sandbox.Start(
                    Manager,
                    manager,
                    ["--kubeconfig", kubeconfig, "--kubefed-namespace", "kube-federation-system", "--healthz-addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"],
                    environment);
                continue;
            }

            var result = await ProcessRunner.RunAsync(
                "bash", ["-euo", "pipefail", "-c", commands], new ProcessOptions { Environment = environment, WorkingDirectory = folder.Path, Timeout = TimeSpan.FromMinutes(3) });
            await TestContext.Out.WriteLineAsync($"$ {commands}\n{result.Output}{result.Error}");
            Assert.That(result.ExitCode, Is.Zero, $"{commands}\n{result.Output}{result.Error}");
            Assert.That(result.Output.TrimEnd(), Is.EqualTo(output.TrimEnd()), commands);
        }
    }

    private static string FindManager()
    {
        var configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name;
        var path = Environment.GetEnvironmentVariable("KUBEFED_CONTROLLER_MANAGER")
            ?? Repository.Combine("src", "FederationControllerManager", "bin", configuration, "net10.0", Manager);
        if (!File.Exists(path))
        {
            Assert.Ignore($"{path} is not built");
        }

        return path;
    }
}
