using System.Diagnostics;

namespace KubeFed.TestSupport.Processes;

/// <summary>
/// A temp folder and the long-running processes started in it. All are gone after disposal, and also when the test process dies in any
/// way, a SIGKILL included: a small shell process of its own session waits for the end of the pipe that this process holds open, then
/// kills what is named in the folder and deletes it. Linux and macOS only.
/// </summary>
public sealed class ProcessSandbox : IAsyncDisposable
{
    // Twice, as a process may have been about to start, or to write its last file, the first time.
    private const string Guard = """
        trap '' HUP INT TERM
        read -r _
        for round in 1 2; do
          for file in "$1"/*.pid; do
            [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null
          done
          rm -rf "$1" && [ $round = 1 ] && sleep 0.2
        done
        """;

    private readonly Lock _gate = new();
    private readonly List<ManagedProcess> _processes = [];
    private readonly Process _guard;
    private bool _disposed;

    /// <summary>Makes the folder and starts its guard.</summary>
    /// <param name="name">Part of the folder's name, so that a person can tell whose it is.</param>
    public ProcessSandbox(string name = "sandbox")
    {
        Folder = Directory.CreateTempSubdirectory($"kubefed-test-{name}-").FullName;
        _guard = StartGuard(Folder);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Folder { get; }

    /// <summary>Starts a program without waiting for anything; its output goes to <c>NAME.log</c> in the folder, appended.</summary>
    /// <param name="name">The process's name within this sandbox.</param>
    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables added to the inherited environment; a null value removes one.</param>
    public ManagedProcess Start(
        string name, string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = Prepare(name, fileName, arguments, environment);
        process.Start();
        return process;
    }

    /// <summary>As <see cref="Start"/>, but leaves the first start to the caller.</summary>
    public ManagedProcess Prepare(
        string name, string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = new ManagedProcess(name, Folder, fileName, arguments, environment);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _processes.Add(process);
        }

        return process;
    }

    /// <summary>Kills every process, waits for their ends and deletes the folder. Does nothing the second time.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static Process StartGuard(string folder)
    {
        string[] shell = ["/bin/sh", "-c", Guard, "kubefed-test-guard", folder];
        string[] command = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid", .. shell] : shell;
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }
}
