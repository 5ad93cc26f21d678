using System.CommandLine;
using KubeFed.ComponentBase.Versioning;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Version;

/// <summary><c>kubefedctl version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("version", "Print the version of kubefedctl")
        {
            Text = "Prints version, commit, state of the tree, build date, runtime and platform, on one line. Talks to no cluster.",
            Synopsis = "version",
            Examples = ["kubefedctl version"],
        };
        command.Run(environment, (_, context, _) => context.Environment.Out.WriteLineAsync($"kubefedctl version: {BuildInfo.Current}"));
        return command;
    }
}
