namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>How clusters are probed; from the KubeFedConfig.</summary>
internal sealed record ClusterSettings
{
    /// <summary>Time between two probes of a cluster. Default 10 s.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a probe may take. Default 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Bad probes in a row that make a ready cluster not ready. Default 3.</summary>
    public long FailureThreshold { get; init; } = 3;

    /// <summary>Good probes in a row that make a cluster ready again. Default 1.</summary>
    public long SuccessThreshold { get; init; } = 1;
}
