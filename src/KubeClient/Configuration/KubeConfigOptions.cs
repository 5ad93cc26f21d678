namespace KubeFed.KubeClient.Configuration;

/// <summary>Which kubeconfig to read and what to choose from it: the flags of kubectl.</summary>
public sealed record KubeConfigOptions
{
    /// <summary><c>--kubeconfig</c>: the one file to read, which must exist. Null: KUBECONFIG, else <c>~/.kube/config</c>.</summary>
    public string? Path { get; init; }

    /// <summary><c>--context</c>: null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary><c>--cluster</c>: null for the context's.</summary>
    public string? Cluster { get; init; }

    /// <summary><c>--user</c>: null for the context's.</summary>
    public string? User { get; init; }

    /// <summary><c>--namespace</c>: null for the context's.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>--server</c>: null for the cluster's.</summary>
    public string? Server { get; init; }

    /// <summary><c>--as</c>: null for the user's own setting.</summary>
    public string? ImpersonateUser { get; init; }

    /// <summary><c>--as-group</c>: empty for the user's own setting.</summary>
    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary><c>--as-uid</c>: null for the user's own setting.</summary>
    public string? ImpersonateUid { get; init; }
}
