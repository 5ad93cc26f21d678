using System.CommandLine;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Disable;

/// <summary><c>kubefedctl disable</c>.</summary>
internal static class DisableCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = "The type: kind, plural, singular, short name or plural.group; a name with a dot is taken as the FederatedTypeConfig's.",
    };

    private static readonly Option<bool> DeleteCrd = new("--delete-crd")
    {
        Description = "Also delete the CustomResourceDefinition of the federated type, if it is one; refused while objects of the type exist.",
        DefaultValueFactory = static _ => false,
    };

    private static readonly Option<string> FederatedGroup = new("--federated-group")
    {
        HelpName = "group",
        Description = "The group of the federated type, for --delete-crd where the FederatedTypeConfig is gone already.",
        DefaultValueFactory = static _ => FederationGroups.Types,
    };

    private static readonly Option<string> Version = new("--version")
    {
        HelpName = "version",
        Description = "The version of the type to look NAME up in. When empty, the version the server prefers.",
        DefaultValueFactory = static _ => "",
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("disable", "Stop federating a type")
        {
            Text = """
                Stops the propagation of a type and deletes its FederatedTypeConfig. What was propagated to the members stays there.
                The type FederatedKIND and its objects stay too, unless --delete-crd is given. Where the federation's own API server serves
                the type, it is served no more; its objects stay stored, and are back when the type is enabled again.
                """,
            Synopsis = "disable NAME [flags]",
            Examples =
            [
                "# Stop federating deployments\nkubefedctl disable deployments",
                "# And remove the type FederatedDeployment\nkubefedctl disable deployments.apps --delete-crd",
            ],
        };
        command.Arguments.Add(Name);
        command.Options.Add(DeleteCrd);
        command.Options.Add(FederatedGroup);
        command.Options.Add(Version);
        command.Run(environment, static (parsed, context, cancellation) => new Disabler(context, Read(parsed, context.Settings)).RunAsync(cancellation));
        return command;
    }

    private static DisableOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Name = parsed.GetRequiredValue(Name),
        DeleteCrd = parsed.GetValue(DeleteCrd),
        FederatedGroup = parsed.GetValue(FederatedGroup)!,
        TargetVersion = parsed.GetValue(Version)!,
        Namespace = settings.Namespace,
        DryRun = settings.DryRun,
    };
}
