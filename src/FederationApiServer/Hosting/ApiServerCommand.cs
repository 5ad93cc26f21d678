using System.CommandLine;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationApiServer.Options;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The command line of the API server.</summary>
internal static class ApiServerCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Build()
    {
        var options = new ApiServerProgramOptions();
        var command = new RootCommand(
            "Serves the API of a KubeFed.NET federation: behind the host's API server (as APIServices), or by itself (--standalone).");
        OptionGroups.AddFlags(command, options);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var errors = OptionGroups.Read(parsed, options);
            foreach (var error in errors)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Error: {error}");
            }

            return errors.Count > 0 ? ComponentHost.ExitFailure : await FederationServer.RunAsync(options, cancellationToken);
        });
        command.Subcommands.Add(BackupCommand.Create());
        HelpText.UseGoDefaults(command);
        return command;
    }
}
