using System.CommandLine;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Federate;

/// <summary><c>kubefedctl federate</c>.</summary>
internal static class FederateCommand
{
    private static readonly Argument<string> Type = new("TYPE") { Description = "The type: kind, plural, singular, short name or plural.group." };

    private static readonly Argument<string> Name = new("NAME") { Description = "The object's name." };

    private static readonly Option<string> Namespace = new("--namespace", "-n")
    {
        HelpName = "namespace",
        Description = "The object's namespace. When empty, the namespace of the host's context, else \"default\".",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<string> Output = OutputFlag.Create("Print the federated object as YAML instead of creating it.");

    private static readonly Option<bool> EnableType = new("--enable-type", "-t")
    {
        Description = "Enable the type first where it is not enabled; not with --output.",
        DefaultValueFactory = static _ => false,
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("federate", "Make a federated object of an object on the host")
        {
            Text = """
                Makes a federated object of an object that lives on the host cluster: its labels and its content become the template,
                without status and what the cluster itself assigned (clusterIP, nodePort, token secrets). The placement selects every
                cluster. The type must be enabled. A namespace is federated into itself.
                """,
            Synopsis = "federate TYPE NAME [flags]",
            Examples =
            [
                "# Federate the deployment web of the namespace shop\nkubefedctl federate deployment web -n shop",
                "# Look at it first\nkubefedctl federate deployment web -n shop -o yaml",
                "# Enable the type on the way\nkubefedctl federate configmap settings -n shop --enable-type",
            ],
        };
        command.Arguments.Add(Type);
        command.Arguments.Add(Name);
        command.Options.Add(Namespace);
        command.Options.Add(Output);
        command.Options.Add(EnableType);
        command.Validators.Add(static result =>
        {
            if (result.GetValue(EnableType) && result.GetValue(Output) == OutputFlag.Yaml)
            {
                result.AddError("--enable-type cannot be combined with --output, which changes nothing");
            }
        });
        command.Run(environment, static (parsed, context, cancellation) => new Federator(context, Read(parsed, context.Settings)).RunAsync(cancellation));
        return command;
    }

    private static FederateOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Type = parsed.GetRequiredValue(Type),
        Name = parsed.GetRequiredValue(Name),
        Namespace = parsed.GetValue(Namespace)!,
        PrintYaml = parsed.GetValue(Output) == OutputFlag.Yaml,
        EnableType = parsed.GetValue(EnableType),
        KubeFedNamespace = settings.Namespace,
        DryRun = settings.DryRun,
    };
}
