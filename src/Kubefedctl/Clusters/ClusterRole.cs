namespace KubeFed.Kubefedctl.Clusters;

/// <summary>The part a cluster has in a federation.</summary>
internal enum ClusterRole
{
    /// <summary>Runs the control plane.</summary>
    Host,

    /// <summary>Receives what is federated.</summary>
    Member,
}
