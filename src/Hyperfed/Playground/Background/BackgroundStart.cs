using System.Diagnostics;
using KubeFed.ComponentBase.Hosting;

namespace KubeFed.Hyperfed.Playground.Background;

/// <summary>
/// Starts a playground as a process of its own, passes on what it says until it is ready, and lets it go. Until then it is tied to this
/// process: it ends when this one ends, in whatever way, which it sees at the end of its standard input.
/// </summary>
internal sealed class BackgroundStart(PlaygroundFlags flags, TextWriter output, TextWriter errors, TimeProvider time)
{
    // What BackgroundRun writes when it is ready: no line that a person would see.
    public const string ReadyMark = "\u0004";

    // Longer than the process gives itself to end in order.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(40);

    /// <summary>Returns when the playground is ready, or cannot be.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="PlaygroundException">It cannot be had on this system.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Posix.EnsureSupported();
        using var process = Process.Start(CreateStart())!;
        var complaints = PassOnAsync(process.StandardError, errors, cancellationToken);
        try
        {
            if (await PassOnAsync(process.StandardOutput, output, cancellationToken))
            {
                await process.StandardInput.WriteLineAsync();
                process.StandardInput.Close();
                return ComponentHost.ExitSuccess;
            }

            await process.WaitForExitAsync(cancellationToken);
            await complaints;
            return Math.Max(process.ExitCode, ComponentHost.ExitFailure);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
            return ComponentHost.ExitFailure;
        }
    }

    // Whether the mark came.
    private static async Task<bool> PassOnAsync(StreamReader from, TextWriter to, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == ReadyMark)
            {
                return true;
            }

            await to.WriteLineAsync(line.AsMemory(), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }

        return false;
    }

    private async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(EndLimit, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
    }

    private ProcessStartInfo CreateStart()
    {
        string program = Environment.ProcessPath!;
        string[] words = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "hyperfed.dll")] : [];
        string[] api = flags.Api is { } kind ? ["--api", kind] : [];
        string[] story = flags.Scenario is { } scenario ? ["--scenario", scenario] : [];
        string[] wanted = ["--members", $"{flags.Members}", "--directory", flags.Folder, "--provider", flags.Provider, .. api, .. story];
        return new ProcessStartInfo(program, [.. words, "playground", "--background", .. wanted])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
