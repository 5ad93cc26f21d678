using System.CommandLine;

namespace KubeFed.Kubefedctl.Cli;

internal static class CommandRunner
{
    /// <summary>From this verbosity on an error is followed by its details.</summary>
    private const int DetailsFrom = 6;

    /// <summary>Runs a command and turns whatever it throws into one sentence and exit code 1.</summary>
    public static async Task<int> RunAsync(
        CliEnvironment environment,
        ParseResult parsed,
        Func<ParseResult, CommandContext, CancellationToken, Task> action,
        CancellationToken cancellationToken)
    {
        var settings = GlobalFlags.Read(parsed);
        try
        {
            await action(parsed, new CommandContext(environment, settings), cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync("Error: interrupted");
        }
#pragma warning disable CA1031 // The outermost handler: no failure may reach the user as a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await environment.Error.WriteLineAsync($"Error: {ErrorText.Describe(e)}");
            if (settings.Verbosity >= DetailsFrom)
            {
                await environment.Error.WriteLineAsync(e.ToString());
            }
        }

        return 1;
    }
}
