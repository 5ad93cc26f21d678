using System.CommandLine;
using System.CommandLine.Help;
using KubeFed.ComponentBase.Options;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Disable;
using KubeFed.Kubefedctl.Enable;
using KubeFed.Kubefedctl.Federate;
using KubeFed.Kubefedctl.Install;
using KubeFed.Kubefedctl.Join;
using KubeFed.Kubefedctl.Orphaning;
using KubeFed.Kubefedctl.Unjoin;
using KubeFed.Kubefedctl.Version;

namespace KubeFed.Kubefedctl;

/// <summary>The whole command line.</summary>
internal static class KubefedctlProgram
{
    private const int Failure = 1;

    private static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(70);

    /// <summary>Runs one command line and returns the exit code: 0, or 1 after one sentence on stderr.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        var root = CreateRoot(environment);
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpPrinter)
        {
            await environment.Error.WriteLineAsync($"Error: {UsageErrors.Describe(parsed)}");
            await environment.Error.WriteLineAsync(UsageErrors.Hint(parsed));
            return Failure;
        }

        var invocation = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = InterruptGrace,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    internal static Command CreateRoot(CliEnvironment environment)
    {
        var root = new DocumentedCommand("kubefedctl", "Controls a federation of Kubernetes clusters")
        {
            Text = "kubefedctl controls a federation of Kubernetes clusters.",
            Synopsis = "COMMAND [flags]",
            Examples = [],
        };
        root.Subcommands.Add(InstallCommand.Create(environment));
        root.Subcommands.Add(JoinCommand.Create(environment));
        root.Subcommands.Add(UnjoinCommand.Create(environment));
        root.Subcommands.Add(EnableCommand.Create(environment));
        root.Subcommands.Add(DisableCommand.Create(environment));
        root.Subcommands.Add(FederateCommand.Create(environment));
        root.Subcommands.Add(OrphaningCommand.Create(environment));
        root.Subcommands.Add(VersionCommand.Create(environment));
        foreach (var flag in GlobalFlags.All.Concat(KlogFlags.Create()))
        {
            root.Options.Add(flag);
        }

        var help = new HelpPrinter(environment.Out);
        root.Options.Add(new HelpOption("--help", "-h") { Action = help });
        foreach (var group in root.Subcommands.Prepend(root).Where(static c => c.Subcommands.Count > 0))
        {
            group.SetAction(_ => help.Print(group));
        }

        return root;
    }
}
