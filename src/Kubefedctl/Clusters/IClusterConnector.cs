namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Makes clients for clusters.</summary>
internal interface IClusterConnector
{
    /// <summary>
    /// Connects to the cluster of a context; the empty context is the current one. Sends nothing. Every failure is a
    /// <see cref="Cli.UserException"/> that names the file and what is wrong with it.
    /// </summary>
    ClusterConnection Connect(string kubeconfig, string context, ClusterRole role);

    /// <summary>A client for the same server that identifies itself with nothing but a bearer token. The caller disposes the result.</summary>
    TokenClient ConnectWithToken(ClusterEndpoint endpoint, string token);
}
