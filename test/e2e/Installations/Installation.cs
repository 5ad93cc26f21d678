namespace KubeFed.e2e.Installations;

/// <summary>How a control plane is put into its host.</summary>
internal enum Installation
{
    /// <summary>By <c>kubefedctl install</c>: the federation's objects are custom resources of the host.</summary>
    CustomResources,

    /// <summary>By the Helm chart: the federation's API server stores and serves them, behind the host's.</summary>
    Aggregated,
}
