namespace KubeFed.Kubefedctl.Join;

/// <summary>What <c>join</c> was asked for.</summary>
internal sealed record JoinOptions
{
    /// <summary>The name of the KubeFedCluster to make.</summary>
    public required string Cluster { get; init; }

    /// <summary>The member's context; empty for one named as the cluster.</summary>
    public string ClusterContext { get; init; } = "";

    /// <summary>The host's part of names on the member; empty for the host's context.</summary>
    public string HostClusterName { get; init; } = "";

    /// <summary>The Secret on the host; empty for a generated name.</summary>
    public string SecretName { get; init; } = "";

    /// <summary>An existing ClusterRole to bind in place of all rights; empty for all rights.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whether something that is there already is an error, or is updated in place.</summary>
    public bool ErrorOnExisting { get; init; } = true;

    /// <summary>The control plane's namespace, on the host and on the member.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether nothing is changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>The member's context with its default filled in.</summary>
    public string MemberContext => ClusterContext.Length > 0 ? ClusterContext : Cluster;
}
