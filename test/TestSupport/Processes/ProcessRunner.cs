using System.ComponentModel;
using System.Diagnostics;

namespace KubeFed.TestSupport.Processes;

/// <summary>Runs a program to its end and gives back what it printed.</summary>
public static class ProcessRunner
{
    /// <summary>How long a program may run where the caller names no time: 60 seconds.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program without a shell. Whatever its exit code, it is returned.</summary>
    /// <param name="fileName">The program, looked for on <c>PATH</c> unless a path.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="options">Folder, environment, input and time limit; default none.</param>
    /// <param name="cancellationToken">Kills the program and its children.</param>
    /// <exception cref="TimeoutException">It ran too long and was killed with its children.</exception>
    /// <exception cref="Win32Exception">The program is not there or cannot be started.</exception>
    public static async Task<ProcessResult> RunAsync(
        string fileName, IEnumerable<string> arguments, ProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ProcessOptions();
        using var process = new Process { StartInfo = CreateStartInfo(fileName, arguments, options) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout ?? DefaultTimeout);
        process.Start();
        var command = string.Join(' ', [fileName, .. process.StartInfo.ArgumentList]);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteInputAsync(process, options.Input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProcessResult(command, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{command} did not end within {options.Timeout ?? DefaultTimeout}", e);
        }
    }

    private static ProcessStartInfo CreateStartInfo(string fileName, IEnumerable<string> arguments, ProcessOptions options)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException) when (input is not null)
        {
            // The program ended, or closed its input, without reading it all; its exit code tells whether that matters.
            return;
        }
    }
}
