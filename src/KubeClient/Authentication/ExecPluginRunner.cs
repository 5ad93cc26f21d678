using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using KubeFed.KubeClient.Configuration;

namespace KubeFed.KubeClient.Authentication;

/// <summary>Runs a credential plugin once: at most its timeout long, at most 1 MiB of output, and kills it at either bound.</summary>
internal sealed class ExecPluginRunner(KubeClientConfig config, TimeProvider clock, Func<bool> hasTerminal)
{
    private const int MaxOutput = 1024 * 1024;
    private const int MaxComplaint = 2048;

    private readonly ExecPluginConfig _plugin = config.Exec!;

    /// <summary>The standard output of a run that ended with code 0.</summary>
    /// <exception cref="CredentialException">It cannot be started, failed, took too long or said too much.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(CancellationToken cancellationToken)
    {
        var interactive = IsInteractive();
        using var process = Start(interactive);
        using var timeout = new CancellationTokenSource(_plugin.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var complaint = interactive ? Task.FromResult<byte[]>([]) : ReadAsync(process.StandardError, MaxOutput, either.Token);
            var output = await ReadAsync(process.StandardOutput, MaxOutput, either.Token);
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? output : throw Error($"exit code {process.ExitCode}{Tail(await complaint)}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw Error($"it did not finish within {_plugin.Timeout.TotalSeconds:0} seconds");
        }
        catch (OperationCanceledException)
        {
            throw Error("the client is being closed");
        }
        finally
        {
            Kill(process);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            Debug.Assert(process.HasExited, "a plugin could not be killed");
        }
    }

    private static string Tail(byte[] complaint)
    {
        var text = Encoding.UTF8.GetString(complaint).Trim();
        return text.Length == 0 ? "" : $": {(text.Length > MaxComplaint ? text[^MaxComplaint..] : text)}";
    }

    private bool IsInteractive()
    {
        var terminal = _plugin.InteractiveMode != ExecInteractiveMode.Never && hasTerminal();
        return terminal || _plugin.InteractiveMode != ExecInteractiveMode.Always
            ? terminal
            : throw Error("it must talk to a person (interactiveMode Always), and the standard input is not a terminal");
    }

    private Process Start(bool interactive)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = !interactive,
            RedirectStandardInput = !interactive,
        };
        foreach (var argument in _plugin.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo.Write(config, _plugin, interactive);
        start.FileName = ExecutablePath.Find(_plugin.Command, Variable("PATH"), Variable("PATHEXT"))
            ?? throw Error("there is no such program");
        return Start(start);

        string? Variable(string name) => start.Environment.TryGetValue(name, out var value) ? value : null;
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            var process = Process.Start(start) ?? throw Error("it could not be started");
            if (start.RedirectStandardInput)
            {
                process.StandardInput.Close();
            }

            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw Error($"it could not be started: {e.Message}");
        }
    }

    private async Task<byte[]> ReadAsync(StreamReader reader, int limit, CancellationToken cancellationToken)
    {
        using var result = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await reader.BaseStream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await result.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            if (result.Length > limit)
            {
                throw Error($"it printed more than {limit} bytes");
            }
        }

        return result.ToArray();
    }

    private CredentialException Error(string what)
    {
        var hint = string.IsNullOrWhiteSpace(_plugin.InstallHint) ? "" : $"; {_plugin.InstallHint.Trim()}";
        return new CredentialException($"{_plugin} failed: {what}{hint}");
    }
}
