using System.CommandLine;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Orphaning;

/// <summary><c>kubefedctl orphaning-deletion</c>.</summary>
internal static class OrphaningCommand
{
    private const string Name = "orphaning-deletion";

    private static readonly Argument<string> Type = new("TYPE")
    {
        Description = "The federated type: kind, plural, singular, short name or plural.group, for example federateddeployment or fdeploy.",
    };

    private static readonly Argument<string> ObjectName = new("NAME") { Description = "The federated object's name." };

    private static readonly Option<string> Namespace = new("--namespace", "-n")
    {
        HelpName = "namespace",
        Description = "The object's namespace. When empty, the namespace of the host's context, else \"default\".",
        DefaultValueFactory = static _ => "",
    };

    public static Command Create(CliEnvironment environment)
    {
        var group = new DocumentedCommand(Name, "Choose whether deleting a federated object leaves its copies")
        {
            Text = """
                Chooses for one federated object what its deletion does in the members: delete the copies, which is the default, or leave
                them there as objects of nobody's ("orphans"). The choice is the annotation kubefed.io/orphan of the federated object.
                """,
            Synopsis = $"{Name} COMMAND TYPE NAME [flags]",
            Examples =
            [
                $"# Delete a federated deployment and leave its copies\nkubefedctl {Name} enable federateddeployment web -n shop\nkubectl delete federateddeployment web -n shop",
            ],
        };
        group.Subcommands.Add(Create(environment, OrphaningAction.Enable, "Leave the copies when the federated object is deleted", """
            Makes the deletion of a federated object leave its copies in the members; only their label kubefed.io/managed is removed.
            """));
        group.Subcommands.Add(Create(environment, OrphaningAction.Disable, "Delete the copies with the federated object", """
            Makes the deletion of a federated object delete its copies in the members, as it is by default.
            """));
        group.Subcommands.Add(Create(environment, OrphaningAction.Status, "Tell whether the copies are left", """
            Prints Enabled where the deletion of a federated object leaves its copies, else Disabled.
            """));
        return group;
    }

    private static DocumentedCommand Create(CliEnvironment environment, OrphaningAction action, string summary, string text)
    {
        var name = action.ToString().ToLowerInvariant();
        var command = new DocumentedCommand(name, summary)
        {
            Text = text,
            Synopsis = $"{Name} {name} TYPE NAME [flags]",
            Examples = [$"kubefedctl {Name} {name} federateddeployment web -n shop"],
        };
        command.Arguments.Add(Type);
        command.Arguments.Add(ObjectName);
        command.Options.Add(Namespace);
        command.Run(environment, (parsed, context, cancellation) => new Orphaner(context, Read(parsed)).RunAsync(action, cancellation));
        return command;
    }

    private static OrphaningOptions Read(ParseResult parsed) => new()
    {
        Type = parsed.GetRequiredValue(Type),
        Name = parsed.GetRequiredValue(ObjectName),
        Namespace = parsed.GetValue(Namespace)!,
    };
}
