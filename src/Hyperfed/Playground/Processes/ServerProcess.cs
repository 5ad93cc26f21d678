using System.Diagnostics;

namespace KubeFed.Hyperfed.Playground.Processes;

/// <summary>A server that runs as a process of its own, by a <see cref="GuardedFolder"/>, to which its output goes. Ends with that at the latest.</summary>
internal sealed class ServerProcess(GuardedFolder folder, string program, IReadOnlyList<string> arguments) : IAsyncDisposable
{
    // Its number is written down before it is started, so that the guard misses none.
    private const string Script = """echo $$ >"$1"; log=$2; shift 2; exec "$@" >>"$log" 2>&1 </dev/null""";
    private const int TailBytes = 16 * 1024;

    private Process? _process;

    /// <summary>What it is called.</summary>
    public string Name { get; } = Path.GetFileName(program);

    public bool IsRunning => _process is { HasExited: false };

    private string NumberFile => folder.File($"{Name}.pid");

    private string LogFile => folder.File($"{Name}.log");

    /// <summary>Starts it, also again.</summary>
    public void Start()
    {
        _process?.Dispose();
        string[] command = [.. Session.Prefix, "/bin/sh", "-c", Script, Name, NumberFile, LogFile, program, .. arguments];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder.Path });
    }

    /// <summary>Ends it at once and waits for its end.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        File.Delete(NumberFile);
    }

    /// <summary>The end of what it has written; empty before it wrote anything.</summary>
    public string Tail()
    {
        if (!File.Exists(LogFile))
        {
            return string.Empty;
        }

        using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(stream.Length, TailBytes), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _process = null;
    }
}
