using System.CommandLine;
using KubeFed.ComponentBase.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Hyperfed.Playground;

/// <summary><c>hyperfed playground</c>: a whole federation in this process.</summary>
internal static class PlaygroundCommand
{
    private static readonly Option<int> Members = new("--members")
    {
        Description = $"How many clusters join the host: 1 to {PlaygroundOptions.MostMembers}.",
        HelpName = "number",
        DefaultValueFactory = static _ => 3,
    };

    private static readonly Option<string> Folder = new("--directory")
    {
        Description = "The folder of the kubeconfig and the log.",
        HelpName = "folder",
        DefaultValueFactory = static _ => DefaultFolder(),
    };

    private static readonly Option<bool> Exit = new("--exit")
    {
        Description = "End as soon as everything is in order; the exit code says whether it came to that. For scripts.",
    };

    public static Command Create()
    {
        var command = new Command("playground", "Runs a whole federation in this process: a host, members, the control plane and a sample application.")
        {
            Members,
            Folder,
            Exit,
        };
        Members.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > PlaygroundOptions.MostMembers)
            {
                result.AddError($"--members must be between 1 and {PlaygroundOptions.MostMembers}");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new PlaygroundOptions { Members = parsed.GetValue(Members), Folder = parsed.GetValue(Folder)!, Exit = parsed.GetValue(Exit) },
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(PlaygroundOptions options, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        int code = ComponentHost.ExitSuccess;
        int ended = await ComponentHost.RunAsync(
            new ComponentHostOptions { Name = "playground", Logging = NullLoggerFactory.Instance },
            async (_, token) =>
            {
                try
                {
                    await new PlaygroundRun(options, console.Output, TimeProvider.System).RunAsync(token);
                }
                catch (PlaygroundException e)
                {
                    await console.Error.WriteLineAsync($"Error: {e.Message}");
                    code = ComponentHost.ExitFailure;
                }
            },
            cancellationToken);
        return Math.Max(code, ended);
    }

    private static string DefaultFolder() => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kubefed-playground");
}
