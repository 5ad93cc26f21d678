using System.Diagnostics;

namespace KubeFed.Hyperfed.Playground.Processes;

/// <summary>
/// A folder for temporary files that ends with this process, also when that is killed: a shell of a session of its own reads from a pipe
/// that only this process can write to, and at the pipe's end kills the processes whose numbers are in files <c>*.pid</c> of the folder,
/// deletes the kind clusters whose names are in files <c>*.kind</c>, and removes the folder.
/// </summary>
internal sealed class GuardedFolder : IAsyncDisposable
{
    // What is named there: once more after a moment, for a process that was about to be started.
    private const string Script = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        read -r line
        sweep() {
          for pid in "$1"/*.pid; do [ -f "$pid" ] && kill -9 "$(cat "$pid")"; done
          for kind in "$1"/*.kind; do [ -f "$kind" ] && kind delete cluster --name "$(cat "$kind")"; done
          rm -rf "$1"
        }
        [ -d "$1" ] || exit 0
        sweep "$1"; sleep 0.2; sweep "$1"
        """;

    private readonly Process _guard;

    /// <param name="name">Part of the folder's name, so that a person can tell whose it is.</param>
    public GuardedFolder(string name)
    {
        Path = Directory.CreateTempSubdirectory($"kubefed-playground-{name}-").FullName;
        string[] command = [.. Session.Prefix, "/bin/sh", "-c", Script, "kubefed-playground-guard", Path];
        _guard = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" })!;
    }

    /// <summary>The folder, which only the user of this process can enter.</summary>
    public string Path { get; }

    /// <summary>A file of the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes the folder. What is named in it must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync(CancellationToken.None);
        _guard.Dispose();
    }
}
