using System.CommandLine;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Join;

namespace KubeFed.Kubefedctl.Unjoin;

/// <summary><c>kubefedctl unjoin</c>.</summary>
internal static class UnjoinCommand
{
    private static readonly Argument<string> Cluster = new("CLUSTER") { Description = "The name that the cluster is registered under." };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Go on past failures on the member, and past a missing registration: for a member that is gone for good.",
        DefaultValueFactory = static _ => false,
    };

    private static readonly Option<bool> Cleanup = new("--cleanup")
    {
        Description = "Also delete on the member what was propagated to it: the objects of all enabled types that carry the label kubefed.io/managed=true.",
        DefaultValueFactory = static _ => false,
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("unjoin", "Take a cluster out of the federation")
        {
            Text = """
                Removes what join made: on the member the rights, the ServiceAccount and, if join made it and nothing else is in it,
                the namespace; on the host the Secret and the KubeFedCluster. Whatever was propagated to the member stays there,
                unless --cleanup asks for its deletion; a namespace that holds anything else stays even then.

                Give the same --host-cluster-name as at the join. Progress goes to stderr.
                """,
            Synopsis = "unjoin CLUSTER [flags]",
            Examples =
            [
                "# Take out the cluster of the context cluster1\nkubefedctl unjoin cluster1 --host-cluster-context host",
                "# And delete what was propagated to it\nkubefedctl unjoin cluster1 --host-cluster-context host --cleanup",
                "# Take out a cluster that no longer exists\nkubefedctl unjoin cluster1 --host-cluster-context host --force",
            ],
        };
        command.Arguments.Add(Cluster);
        command.Options.Add(MemberFlags.ClusterContext);
        command.Options.Add(MemberFlags.HostClusterName);
        command.Options.Add(Cleanup);
        command.Options.Add(Force);
        command.Run(environment, static (parsed, context, cancellation) => new Unjoiner(context, Read(parsed, context.Settings)).RunAsync(cancellation));
        return command;
    }

    private static UnjoinOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Cluster = parsed.GetRequiredValue(Cluster),
        ClusterContext = parsed.GetValue(MemberFlags.ClusterContext)!,
        HostClusterName = parsed.GetValue(MemberFlags.HostClusterName)!,
        Cleanup = parsed.GetValue(Cleanup),
        Force = parsed.GetValue(Force),
        DryRun = settings.DryRun,
        Namespace = settings.Namespace,
    };
}
