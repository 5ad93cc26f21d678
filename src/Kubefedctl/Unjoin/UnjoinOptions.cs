namespace KubeFed.Kubefedctl.Unjoin;

/// <summary>What <c>unjoin</c> was asked for.</summary>
internal sealed record UnjoinOptions
{
    /// <summary>The name of the KubeFedCluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The member's context; empty for one named as the cluster.</summary>
    public string ClusterContext { get; init; } = "";

    /// <summary>The host's part of names on the member; empty for the host's context.</summary>
    public string HostClusterName { get; init; } = "";

    /// <summary>Whether failures on the member, and a missing registration, are only warned of.</summary>
    public bool Force { get; init; }

    /// <summary>Whether what was propagated to the member is deleted there.</summary>
    public bool Cleanup { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>The control plane's namespace, on the host and on the member.</summary>
    public required string Namespace { get; init; }

    /// <summary>The member's context with its default filled in.</summary>
    public string MemberContext => ClusterContext.Length > 0 ? ClusterContext : Cluster;
}
