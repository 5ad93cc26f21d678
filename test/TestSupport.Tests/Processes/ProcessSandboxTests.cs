using System.Diagnostics;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.TestSupport.Tests.Processes;

[TestFixture]
[Platform(Exclude = "Win")]
public sealed class ProcessSandboxTests
{
    [Test]
    public async Task Dispose_RunningProcesses_AreKilledAndTheFolderIsGone()
    {
        var sandbox = new ProcessSandbox();
        var process = sandbox.Start("sleeper", "sleep", ["600"]);
        var id = process.Id;

        await sandbox.DisposeAsync();
        await sandbox.DisposeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(IsAlive(id), Is.False);
            Assert.That(Directory.Exists(sandbox.Folder), Is.False);
        });
    }

    [Test]
    public async Task Guard_OwnerIsKilled_KillsProcessesAndRemovesFolder()
    {
        using var owner = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var told = (await owner.StandardOutput.ReadLineAsync())!.Split(' ');
        var (folder, id) = (told[0], int.Parse(told[1]));
        Assert.That((Directory.Exists(folder), IsAlive(id)), Is.EqualTo((true, true)));

        owner.Kill();

        await Eventually.True(() => !IsAlive(id) && !Directory.Exists(folder), $"the guard cleans {folder}");
    }

    [Test]
    public async Task Start_AfterAnEnd_RunsAgainAndAppendsToTheLog()
    {
        await using var sandbox = new ProcessSandbox();
        var process = sandbox.Start("speaker", "sh", ["-c", "echo spoke; exit 3"]);
        Assert.That(await process.WaitForExitAsync(), Is.EqualTo(3));

        process.Start();
        await process.WaitForExitAsync();

        Assert.That(process.TailLog(), Is.EqualTo("spoke\nspoke\n"));
    }

    [Test]
    public async Task Stop_ProcessIgnoresTheSignal_IsKilledAfterItsGrace()
    {
        await using var sandbox = new ProcessSandbox();
        var process = sandbox.Start("stubborn", "sh", ["-c", "trap '' TERM; echo ready; sleep 600 & wait; wait"]);
        await Eventually.Equal("ready\n", () => process.TailLog(), "it ignores signals");

        await process.StopAsync(TimeSpan.FromMilliseconds(50));

        Assert.That(process.IsRunning, Is.False);
    }

    [Test]
    public async Task Stop_PausedProcess_EndsInOrder()
    {
        await using var sandbox = new ProcessSandbox();
        var process = sandbox.Start("orderly", "sh", ["-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done"]);
        await Eventually.Equal("ready\n", () => process.TailLog(), "its trap is set");
        process.Pause();

        Assert.That(await process.StopAsync(), Is.EqualTo(7));
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
