using System.Runtime.Versioning;
using KubeFed.Hyperfed.Tests.Playground;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Docs;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Hyperfed.Tests.Docs;

/// <summary>The newcomer's first ten minutes, command by command, held against what the document shows.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class GettingStartedTests
{
    private const string HomeShown = "/home/you";

    [Test]
    public async Task GettingStarted_EveryCommand_PrintsWhatIsShown()
    {
        string kubectl = TestBed.Require("kubectl");
        using var home = new TempFolder();
        AddProgram(home, "kubectl", $"exec '{kubectl}' \"$@\"");
        AddProgram(home, "build.sh", $"export KUBEFED_PLAYGROUND_COMMAND='./build.sh playground'\nexec '{ProgramFile.Host}' '{PlaygroundProcess.Program.Assembly}' \"$@\"");
        var steps = FencedBlocks.Read(await File.ReadAllTextAsync(Repository.Combine("docs", "getting-started.md")));
        Assert.That(steps, Has.Count.GreaterThan(10));
        try
        {
            await RunAsync(home, steps);
            Assert.That(Directory.Exists(home.Combine(".kubefed-playground")), Is.False, "the playground is left behind");
        }
        finally
        {
            await PlaygroundProcess.RunAsync("down", "--directory", home.Combine(".kubefed-playground"));
        }
    }

    private static async Task RunAsync(TempFolder home, IReadOnlyList<(string Commands, string Output)> steps)
    {
        var exports = new List<string>();
        foreach (var (commands, shown) in steps)
        {
            string script = $"{string.Join('\n', exports)}\n{commands}";
            if (commands.Split('\n').All(IsReading))
            {
                await Eventually.Passes(() => RunAsync(home, script, shown), commands, TimeSpan.FromMinutes(1));
            }
            else
            {
                await RunAsync(home, script, shown);
            }

            exports.AddRange(commands.Split('\n').Where(static line => line.StartsWith("export ", StringComparison.Ordinal)));
        }
    }

    // The members follow, and events come, by and by: what only reads is run until it shows that.
    private static bool IsReading(string command) => command.Contains(" get ", StringComparison.Ordinal) || command.Contains(" describe ", StringComparison.Ordinal);

    private static async Task RunAsync(TempFolder home, string script, string shown)
    {
        var result = await ProcessRunner.RunAsync(
            "bash",
            ["-euo", "pipefail", "-c", script],
            new ProcessOptions { Environment = EnvironmentOf(home), WorkingDirectory = home.Path, Timeout = TimeSpan.FromMinutes(4) });
        await TestContext.Out.WriteLineAsync($"$ {script}\n{result.Output}{result.Error}");
        Assert.That(result.ExitCode, Is.Zero, () => result.ToString());
        Assert.That(ShownOutput.Difference(shown, result.Output.Replace(home.Path, HomeShown, StringComparison.Ordinal)), Is.Null, script);
    }

    private static Dictionary<string, string?> EnvironmentOf(TempFolder home) => new()
    {
        ["HOME"] = home.Path,
        ["KUBECONFIG"] = null,
        ["PATH"] = $"{home.Path}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    private static void AddProgram(TempFolder folder, string name, string script)
    {
        string path = folder.Write(name, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
