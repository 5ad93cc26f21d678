using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Docs;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.e2e.QuickStart;

/// <summary>The README's quick start, command by command, on clusters that nobody has touched, held against the output that it shows.</summary>
[Parallelizable(ParallelScope.Self)]
[UnsupportedOSPlatform("windows")]
public sealed class QuickStartTests
{
    private const string Background = " &";
    private const string ManagerLog = "controller-manager.log";

    // The first is the current context.
    private static readonly string[] Contexts = ["host", "cluster1", "cluster2"];

    [Test]
    public async Task Readme_QuickStart_PrintsWhatItShows()
    {
        var section = Section(await File.ReadAllTextAsync(Repository.Combine("README.md")), "## Quick start");
        await using var clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = Contexts.Length - 1 });
        await using var sandbox = new ProcessSandbox("quick-start");
        var environment = Environment(clusters, sandbox.Folder);
        foreach (var (commands, output) in FencedBlocks.Read(section))
        {
            if (commands.EndsWith(Background, StringComparison.Ordinal))
            {
                sandbox.Start("background", "bash", ["-c", $"exec {commands[..^Background.Length]}"], environment);
                continue;
            }

            var result = await ProcessRunner.RunAsync(
                "bash",
                ["-euo", "pipefail", "-c", commands],
                new ProcessOptions { Environment = environment, WorkingDirectory = sandbox.Folder, Timeout = TimeSpan.FromMinutes(3) });
            await TestContext.Out.WriteLineAsync($"$ {commands}\n{result.Output}{result.Error}");
            Assert.That(result.ExitCode, Is.Zero, () => $"{result}\n{ReadManagerLog(sandbox)}");
            Assert.That(result.Output.TrimEnd(), Is.EqualTo(output.TrimEnd()), () => $"{commands}\n{ReadManagerLog(sandbox)}");
        }
    }

    private static string Section(string markdown, string heading)
    {
        var begin = markdown.IndexOf(heading, StringComparison.Ordinal);
        Assert.That(begin, Is.Not.Negative, heading);
        var end = markdown.IndexOf("\n## ", begin, StringComparison.Ordinal);
        return end < 0 ? markdown[begin..] : markdown[begin..end];
    }

    private static string ReadManagerLog(ProcessSandbox sandbox)
    {
        var path = Path.Combine(sandbox.Folder, ManagerLog);
        return File.Exists(path) ? string.Join('\n', File.ReadLines(path).TakeLast(100)) : "";
    }

    private static Dictionary<string, string?> Environment(ClusterSet clusters, string folder)
    {
        AddProgram(folder, "kubectl", $"'{clusters.Host.KubectlPath}' \"$@\"");
        AddProgram(folder, "kubefedctl", $"'{ProgramFile.Host}' '{ProgramFile.Kubefedctl.Assembly}' \"$@\"");
        // The default ports may be taken on this machine.
        AddProgram(
            folder,
            "kubefed-controller-manager",
            $"'{ProgramFile.Host}' '{ProgramFile.ControllerManager.Assembly}' \"$@\" --healthz-addr 127.0.0.1:0 --metrics-addr 127.0.0.1:0");
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(kubeconfig, KubeYaml.Write(MergeKubeconfigs([.. clusters.All])));
        return new Dictionary<string, string?>
        {
            ["KUBECONFIG"] = kubeconfig,
            ["HOME"] = folder,
            ["PATH"] = $"{folder}:{System.Environment.GetEnvironmentVariable("PATH")}",
        };
    }

    private static void AddProgram(string folder, string name, string command)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\nexec {command}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static JsonObject MergeKubeconfigs(TestCluster[] clusters)
    {
        var (all, users, contexts) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var (name, cluster) in Contexts.Zip(clusters))
        {
            var one = KubeYaml.ToJson(cluster.KubeconfigYaml)!;
            all.Add(new JsonObject { ["name"] = name, ["cluster"] = one["clusters"]![0]!["cluster"]!.DeepClone() });
            users.Add(new JsonObject { ["name"] = name, ["user"] = one["users"]![0]!["user"]!.DeepClone() });
            contexts.Add(new JsonObject { ["name"] = name, ["context"] = new JsonObject { ["cluster"] = name, ["user"] = name } });
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = Contexts[0],
            ["clusters"] = all,
            ["users"] = users,
            ["contexts"] = contexts,
        };
    }
}
