namespace KubeFed.KubeClient.Configuration;

/// <summary>A context of a kubeconfig: a cluster, a user and a namespace under one name.</summary>
public sealed record KubeConfigContext
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the cluster's entry; empty where unset.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>The name of the user's entry; empty where unset.</summary>
    public string User { get; init; } = "";

    /// <summary>The namespace, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>File and field the entry comes from, for messages.</summary>
    public string Origin { get; init; } = "";
}
