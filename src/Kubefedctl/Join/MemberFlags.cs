using System.CommandLine;

namespace KubeFed.Kubefedctl.Join;

/// <summary>The flags that join and unjoin share.</summary>
internal static class MemberFlags
{
    public static readonly Option<string> ClusterContext = new("--cluster-context")
    {
        HelpName = "context",
        Description = "The member's context. When empty, CLUSTER is also the name of its context.",
        DefaultValueFactory = static _ => "",
    };

    public static readonly Option<string> HostClusterName = new("--host-cluster-name")
    {
        HelpName = "name",
        Description = "The host's part in the names of what join makes on the member. When empty, the host's context; needed where that is no valid name (it holds ':', '/', '@' or capitals).",
        DefaultValueFactory = static _ => "",
    };
}
