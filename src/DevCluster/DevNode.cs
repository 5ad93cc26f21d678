namespace KubeFed.DevClusters;

/// <summary>A node that is simulated: pods are assigned to it and counted against what it has, and nothing ever runs.</summary>
public sealed record DevNode
{
    /// <summary>The name: a DNS subdomain, unique in its cluster.</summary>
    public required string Name { get; init; }

    /// <summary>The labels, such as <c>topology.kubernetes.io/region</c> and <c>topology.kubernetes.io/zone</c>. <c>kubernetes.io/hostname</c> is added.</summary>
    /// <value>Default none.</value>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The processors, as a quantity.</summary>
    /// <value>Default <c>4</c>.</value>
    public string Cpu { get; init; } = "4";

    /// <summary>The memory, as a quantity.</summary>
    /// <value>Default <c>8Gi</c>.</value>
    public string Memory { get; init; } = "8Gi";

    /// <summary>Most pods.</summary>
    /// <value>Default 110.</value>
    public int Pods { get; init; } = 110;
}
