using System.Diagnostics;

namespace KubeFed.TestSupport.Processes;

/// <summary>A long-running program in a <see cref="ProcessSandbox"/> that a test can stop, kill, pause and start again.</summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    // The process id is written down before the program starts, so that the sandbox's guard misses none.
    private const string Launch = """
        pid=$1; log=$2; shift 2
        echo $$ >"$pid"
        exec "$@" >>"$log" 2>&1 </dev/null
        """;

    private readonly string _folder;
    private readonly ProcessStartInfo _start;
    private Process? _process;

    internal ManagedProcess(
        string name, string folder, string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        Name = name;
        _folder = folder;
        _start = new ProcessStartInfo("/bin/sh", ["-c", Launch, name, PidFile, LogPath, fileName, .. arguments])
        {
            WorkingDirectory = folder,
        };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string?>())
        {
            _start.Environment[variable] = value;
        }
    }

    /// <summary>Its name within the sandbox.</summary>
    public string Name { get; }

    /// <summary>The file that its standard output and error are appended to.</summary>
    public string LogPath => Path.Combine(_folder, $"{Name}.log");

    /// <summary>Whether it runs; a paused process does.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The operating system's number for it.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public int Id => Current.Id;

    private string PidFile => Path.Combine(_folder, $"{Name}.pid");

    private Process Current => _process ?? throw new InvalidOperationException($"{Name} was never started");

    /// <summary>Starts it, with the same arguments as before. Does nothing if it runs.</summary>
    public void Start()
    {
        if (IsRunning)
        {
            return;
        }

        _process?.Dispose();
        _process = Process.Start(_start)!;
    }

    /// <summary>Asks it to end (SIGTERM) and waits; kills it when it takes longer than <paramref name="grace"/>, default 20 seconds.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(TimeSpan? grace = null)
    {
        if (IsRunning)
        {
            Resume();
            Signal.Send(Id, Signal.Terminate);
            try
            {
                await Current.WaitForExitAsync().WaitAsync(grace ?? TimeSpan.FromSeconds(20));
            }
            catch (TimeoutException)
            {
                await KillAsync();
            }
        }

        return Current.ExitCode;
    }

    /// <summary>Kills it at once (SIGKILL), paused or not, and waits for its end.</summary>
    public async Task KillAsync()
    {
        Current.Kill();
        await Current.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await Current.WaitForExitAsync(cancellationToken);
        return Current.ExitCode;
    }

    /// <summary>Halts it (SIGSTOP): its sockets stay open and nothing answers, as with a hung machine.</summary>
    public void Pause() => Signal.Send(Id, Signal.Stop);

    /// <summary>Lets it go on after <see cref="Pause"/> (SIGCONT).</summary>
    public void Resume() => Signal.Send(Id, Signal.Continue);

    /// <summary>The last lines of its log; empty if there is none.</summary>
    public string TailLog(int lines = 50)
    {
        if (!File.Exists(LogPath))
        {
            return "";
        }

        using var stream = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        const int MostBytes = 256 * 1024;
        stream.Seek(-Math.Min(stream.Length, MostBytes), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(lines + 1));
    }

    /// <summary>Kills it if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (IsRunning)
        {
            await KillAsync();
        }

        File.Delete(PidFile);
        _process.Dispose();
        _process = null;
    }
}
