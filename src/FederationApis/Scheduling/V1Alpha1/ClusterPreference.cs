namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>What one cluster gets of the replicas.</summary>
public sealed record ClusterPreference
{
    /// <summary>Replicas that it gets first of all; zero or more.</summary>
    public long MinReplicas { get; init; }

    /// <summary>Replicas that it gets at most; null for no limit.</summary>
    public long? MaxReplicas { get; init; }

    /// <summary>Its share of what is left after the minima, relative to the other clusters'; zero or more.</summary>
    public long Weight { get; init; }
}
