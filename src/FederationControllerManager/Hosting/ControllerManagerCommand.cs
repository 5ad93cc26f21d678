using System.CommandLine;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>The command line of the controller manager.</summary>
internal static class ControllerManagerCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Build()
    {
        var options = new ControllerManagerOptions();
        var command = new RootCommand(
            "Runs the controllers of a KubeFed.NET federation: cluster health, type configs, propagation and replica scheduling. Several may run; one leads.");
        OptionGroups.AddFlags(command, options);
        foreach (var flag in KlogFlags.Create())
        {
            command.Options.Add(flag);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var errors = OptionGroups.Read(parsed, options);
            foreach (var error in errors)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"Error: {error}");
            }

            return errors.Count > 0 ? ComponentHost.ExitFailure : await ControllerManager.RunAsync(options, cancellationToken);
        });
        HelpText.UseGoDefaults(command);
        return command;
    }
}
