using System.CommandLine;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Enable;

/// <summary><c>kubefedctl enable</c>.</summary>
internal static class EnableCommand
{
    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = "The type: kind, plural, singular, short name or plural.group, in any case.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> FederatedGroup = new("--federated-group")
    {
        HelpName = "group",
        Description = "The group of the federated type.",
        DefaultValueFactory = static _ => FederationGroups.Types,
    };

    private static readonly Option<string> FederatedVersion = new("--federated-version")
    {
        HelpName = "version",
        Description = "The version of the federated type.",
        DefaultValueFactory = static _ => EnableOptions.DefaultFederatedVersion,
    };

    private static readonly Option<string> Version = new("--version")
    {
        HelpName = "version",
        Description = "The version of the type in which the members' objects are written. When empty, the version the server prefers.",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<string> Output = OutputFlag.Create("Print what would be written as YAML and write nothing.");

    private static readonly Option<string> File = new("--filename", "-f")
    {
        HelpName = "file",
        Description = "An EnableTypeDirective to read in place of NAME; \"-\" is standard input.",
        DefaultValueFactory = static _ => "",
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("enable", "Make a type federated")
        {
            Text = """
                Makes a type of the host federated: creates the CustomResourceDefinition of its federated type, federatedPLURAL in the
                group types.kubefed.io, and a FederatedTypeConfig that tells the control plane to propagate it. Where the group is served by
                the federation's own API server, the FederatedTypeConfig alone makes the type. Members need to serve the type too.
                Namespaced types are propagated only while namespaces are enabled as well.
                """,
            Synopsis = "enable (NAME | -f FILE) [flags]",
            Examples =
            [
                "# Federate deployments\nkubefedctl enable deployments.apps",
                "# Look at what would be created\nkubefedctl enable deployments.apps -o yaml",
                "# Federate a type of your own under a group of your own\nkubefedctl enable widgets.example.com --federated-group federated.example.com",
            ],
        };
        command.Arguments.Add(Name);
        command.Options.Add(FederatedGroup);
        command.Options.Add(FederatedVersion);
        command.Options.Add(Version);
        command.Options.Add(Output);
        command.Options.Add(File);
        command.Validators.Add(static result =>
        {
            var named = !string.IsNullOrEmpty(result.GetValue(Name));
            var file = !string.IsNullOrEmpty(result.GetValue(File));
            if (named == file)
            {
                result.AddError(named ? "enable takes NAME or --filename, not both" : "enable needs NAME or --filename");
            }
        });
        command.Run(environment, RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var options = new EnableOptions
        {
            Name = parsed.GetValue(Name) ?? "",
            TargetVersion = parsed.GetValue(Version)!,
            FederatedGroup = parsed.GetValue(FederatedGroup)!,
            FederatedVersion = parsed.GetValue(FederatedVersion)!,
            Namespace = context.Settings.Namespace,
        };
        if (parsed.GetValue(File) is { Length: > 0 } file)
        {
            options = await EnableDirective.ReadAsync(file, context.Environment, options, cancellationToken);
        }

        await new Enabler(context, options, context.Environment.Out)
            .RunAsync(parsed.GetValue(Output) == OutputFlag.Yaml, cancellationToken);
    }
}
