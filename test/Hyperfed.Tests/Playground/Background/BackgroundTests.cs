using System.Globalization;
using System.Runtime.Versioning;
using KubeFed.Hyperfed.Playground;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Hyperfed.Tests.Playground.Background;

[UnsupportedOSPlatform("windows")]
public sealed class BackgroundTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task Detach_ThenDown_PrintsWhatWorksAndLeavesNothing()
    {
        string kubectl = TestBed.Require("kubectl");
        using var temporary = new TempFolder();
        string folder = temporary.Combine("playground");
        try
        {
            var started = (await PlaygroundProcess.RunAsync("--detach", "--members", "2", "--directory", folder)).EnsureSuccess();
            Assert.That(started.Output, Does.Contain($"export KUBECONFIG={folder}/kubeconfig").And.Contain($"playground down --directory {folder}"));
            await RunStepsAsync(temporary, kubectl, started.Output);

            var second = await PlaygroundProcess.RunAsync("--directory", folder);
            Assert.That((second.ExitCode, second.Output), Is.EqualTo((1, string.Empty)));
            Assert.That(second.Error, Does.StartWith("Error: A playground is running already").And.Contain("playground down"));
        }
        finally
        {
            var ended = await PlaygroundProcess.RunAsync("down", "--directory", folder);
            await TestContext.Out.WriteLineAsync(ended.ToString());
        }

        await Eventually.True(() => !Directory.Exists(folder), "the folder is gone", Patience);
        var again = await PlaygroundProcess.RunAsync("down", "--directory", folder);
        Assert.That((again.ExitCode, again.Output.TrimEnd()), Is.EqualTo((0, "No playground is running.")));
    }

    [Test]
    public async Task Detach_KilledBeforeItIsReady_LeavesNoPlayground()
    {
        await using var sandbox = new ProcessSandbox("detach");
        string folder = Path.Combine(sandbox.Folder, "playground");
        var starter = PlaygroundProcess.Program.Prepare(sandbox, ["playground", "--detach", "--members", "1", "--directory", folder]);
        starter.Start();
        await Eventually.True(() => PlaygroundFolder.FindOwner(folder) is not null, "the playground has its folder", Patience, () => starter.TailLog());
        Assert.That(PlaygroundFolder.FindOwner(folder), Is.Not.EqualTo(starter.Id));

        await starter.KillAsync();

        await Eventually.True(() => !PlaygroundFolder.IsHeld(folder), "the playground has ended", Patience);
        Assert.That(File.Exists(Path.Combine(folder, "kubeconfig")), Is.False);
    }

    [Test]
    public async Task Terminate_WhileItStarts_EndsInOrderAndLeavesNothing()
    {
        await using var sandbox = new ProcessSandbox("front");
        string folder = Path.Combine(sandbox.Folder, "playground");
        var playground = PlaygroundProcess.Program.Prepare(sandbox, ["playground", "--members", "1", "--directory", folder]);
        playground.Start();
        await Eventually.True(() => File.Exists(Path.Combine(folder, "kubeconfig")), "the clusters are up", Patience, () => playground.TailLog());

        int code = await playground.StopAsync(Patience);

        Assert.That(code, Is.Zero, () => playground.TailLog());
        Assert.That(Directory.Exists(folder), Is.False);
    }

    [Test]
    public async Task Kill_WhileItStarts_LeavesNothingThatTheNextMinds()
    {
        await using var sandbox = new ProcessSandbox("killed");
        string folder = Path.Combine(sandbox.Folder, "playground");
        var playground = PlaygroundProcess.Program.Prepare(sandbox, ["playground", "--members", "1", "--directory", folder]);
        playground.Start();
        await Eventually.True(() => File.Exists(Path.Combine(folder, "kubeconfig")), "the clusters are up", Patience, () => playground.TailLog());

        await playground.KillAsync();

        using (PlaygroundFolder.Take(folder))
        {
            Assert.That(File.Exists(Path.Combine(folder, "kubeconfig")), Is.False);
        }
    }

    [Test]
    public async Task Kill_WithServersAsProcesses_LeavesNeitherThemNorTheirFiles()
    {
        TestBed.Require("kube-controller-manager");
        await using var sandbox = new ProcessSandbox("killed");
        string temporary = Directory.CreateDirectory(Path.Combine(sandbox.Folder, "tmp")).FullName;
        string[] arguments = ["playground", "--members", "1", "--provider", "binaries", "--directory", Path.Combine(sandbox.Folder, "playground")];
        var playground = sandbox.Prepare(
            "hyperfed", ProgramFile.Host, [PlaygroundProcess.Program.Assembly, .. arguments], new Dictionary<string, string?> { ["TMPDIR"] = temporary });
        playground.Start();
        string[] started = [];
        await Eventually.True(
            () => (started = Directory.GetFiles(temporary, "*.pid", SearchOption.AllDirectories)).Length >= 4, "the servers are started", Patience, () => playground.TailLog());
        int[] servers = [.. started.Select(static file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture))];

        await playground.KillAsync();

        await Eventually.True(() => Directory.GetDirectories(temporary, "kubefed-*").Length == 0, "the files are gone", Patience);
        await Eventually.True(() => !servers.Any(IsThere), "the servers are gone", Patience, () => string.Join(' ', servers.Where(IsThere)));
    }

    private static bool IsThere(int process) => Directory.Exists($"/proc/{process}");

    // The commands that were printed, as they were printed, on the kubeconfig that was printed.
    private static async Task RunStepsAsync(TempFolder folder, string kubectl, string printed)
    {
        string path = folder.Write("kubectl", $"#!/bin/sh\nexec '{kubectl}' \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] lines = printed.Split('\n');
        string export = lines.Single(static line => line.StartsWith("export ", StringComparison.Ordinal));
        string[] commands = [.. lines.Where(static line => line.StartsWith("  kubectl ", StringComparison.Ordinal))];
        Assert.That(commands, Has.Length.EqualTo(5));
        var results = new List<ProcessResult>();
        foreach (string command in commands)
        {
            results.Add(await RunAsync(folder, $"{export}\n{command}"));
        }

        Assert.That(results[0].Output.Split('\n').Count(static line => line.StartsWith("web-", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(results[^1].Output, Does.Contain("CreateInCluster").And.Contain("cluster2"));
        await Eventually.Passes(
            async () =>
            {
                Assert.That((await RunAsync(folder, $"{export}\nkubectl --context cluster2 get deployment web -n shop -o jsonpath='{{.spec.replicas}}'")).Output, Is.EqualTo("3"));
                Assert.That((await RunAsync(folder, $"{export}\nkubectl --context cluster1 get configmaps -n shop -o name")).Output, Does.Not.Contain("configmap/web"));
                Assert.That((await RunAsync(folder, $"{export}\nkubectl --context cluster2 get configmaps -n shop -o name")).Output, Does.Contain("configmap/web"));
            },
            "what the commands changed is so in the members",
            Patience);
    }

    private static async Task<ProcessResult> RunAsync(TempFolder folder, string script)
    {
        var result = await ProcessRunner.RunAsync(
            "bash",
            ["-euo", "pipefail", "-c", script],
            new ProcessOptions { Environment = new Dictionary<string, string?> { ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["HOME"] = folder.Path } });
        return result.EnsureSuccess();
    }
}
