namespace KubeFed.TestSupport.Clusters;

/// <summary>What a test wants of one cluster.</summary>
public sealed record TestClusterOptions
{
    /// <summary>The cluster's name: of its kubeconfig context, and part of its folder's name.</summary>
    public string Name { get; init; } = "cluster";

    /// <summary>
    /// Whether kube-controller-manager runs: token controller, service accounts, garbage collector, namespaces, deployments, replica sets,
    /// jobs. Default no. Without it a namespace that is deleted stays <c>Terminating</c>, owners' dependents are not collected, and service
    /// accounts get no token secrets. A provider whose clusters always have it ignores this.
    /// </summary>
    public bool ControllerManager { get; init; }

    /// <summary>
    /// Arguments put after the provider's own for kube-apiserver, as <c>--name=value</c>. A provider that cannot honour them refuses a
    /// list that is not empty.
    /// </summary>
    public EquatableArguments ApiServerArguments { get; init; } = EquatableArguments.None;
}
