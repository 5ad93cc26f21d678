namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>What the cluster controller knows of a member.</summary>
public sealed record KubeFedClusterStatus
{
    /// <summary>One entry per condition type.</summary>
    public IReadOnlyList<ClusterCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Zones of the cluster's nodes, sorted; absent when nobody collected them.</summary>
    public IReadOnlyList<string>? Zones { get; init; }

    /// <summary>The region of the cluster's nodes; absent when nobody collected it.</summary>
    public string? Region { get; init; }
}
