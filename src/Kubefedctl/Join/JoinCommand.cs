using System.CommandLine;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Join;

/// <summary><c>kubefedctl join</c>.</summary>
internal static class JoinCommand
{
    private static readonly Argument<string> Cluster = new("CLUSTER") { Description = "The name to register the cluster under." };

    private static readonly Option<string> Role = new("--role")
    {
        HelpName = "clusterrole",
        Description = "An existing ClusterRole of the member to bind to the control plane's account. When empty, a role with all rights is made.",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<string> SecretName = new("--secret-name")
    {
        HelpName = "name",
        Description = "The Secret on the host that holds the member's token. When empty, a name is generated, or on a re-join the present Secret is kept.",
        DefaultValueFactory = static _ => "",
    };

    private static readonly Option<bool> ErrorOnExisting = new("--error-on-existing")
    {
        Description = "Whether anything that exists already is an error; when false it is updated in place.",
        DefaultValueFactory = static _ => true,
    };

    public static Command Create(CliEnvironment environment)
    {
        var command = new DocumentedCommand("join", "Register a cluster with the host cluster")
        {
            Text = """
                Registers a cluster as a member of the federation. On the member it makes the namespace of the control plane, a
                ServiceAccount CLUSTER-HOST in it and its rights; on the host a Secret with the account's token and a KubeFedCluster.

                The token is asked for with TokenRequest (or, where the member does not serve that, with a token Secret) and tried
                before the host is changed. When a step fails, everything made by then is removed again. Joining needs the rights of
                an administrator on both clusters; progress goes to stderr.
                """,
            Synopsis = "join CLUSTER [flags]",
            Examples =
            [
                "# Join the cluster of the context cluster1 to the host of the context host\nkubefedctl join cluster1 --host-cluster-context host",
                "# Under another name than the context's\nkubefedctl join paris --cluster-context gke_prod_europe-west9 --host-cluster-context host",
                "# Give the control plane only the rights of an existing ClusterRole\nkubefedctl join cluster1 --host-cluster-context host --role kubefed-narrow",
                "# Renew the token and everything else in place\nkubefedctl join cluster1 --host-cluster-context host --error-on-existing=false",
            ],
        };
        command.Arguments.Add(Cluster);
        command.Options.Add(MemberFlags.ClusterContext);
        command.Options.Add(MemberFlags.HostClusterName);
        command.Options.Add(SecretName);
        command.Options.Add(Role);
        command.Options.Add(ErrorOnExisting);
        command.Run(environment, static (parsed, context, cancellation) => new Joiner(context, Read(parsed, context.Settings)).RunAsync(cancellation));
        return command;
    }

    private static JoinOptions Read(ParseResult parsed, GlobalSettings settings) => new()
    {
        Cluster = parsed.GetRequiredValue(Cluster),
        ClusterContext = parsed.GetValue(MemberFlags.ClusterContext)!,
        HostClusterName = parsed.GetValue(MemberFlags.HostClusterName)!,
        SecretName = parsed.GetValue(SecretName)!,
        Role = parsed.GetValue(Role)!,
        ErrorOnExisting = parsed.GetValue(ErrorOnExisting),
        Namespace = settings.Namespace,
        DryRun = settings.DryRun,
    };
}
