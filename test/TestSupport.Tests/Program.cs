using KubeFed.TestSupport.Processes;

namespace KubeFed.TestSupport.Tests;

/// <summary>Run by a test as a process of its own: opens a sandbox with a process in it, names both, and waits to be killed.</summary>
internal static class Program
{
    private static async Task Main()
    {
        var sandbox = new ProcessSandbox("victim");
        var process = sandbox.Start("sleeper", "sleep", ["600"]);
        await Console.Out.WriteLineAsync($"{sandbox.Folder} {process.Id}");
        await Console.In.ReadLineAsync();
        await sandbox.DisposeAsync();
    }
}
