namespace KubeFed.Hyperfed.Playground;

/// <summary>How one federated object is.</summary>
internal sealed record ObjectState
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether the control plane says that all clusters hold its newest generation.</summary>
    public required bool IsPropagated { get; init; }

    /// <summary>The clusters that its status names, with what is wrong there or OK.</summary>
    public required IReadOnlyDictionary<string, string> Clusters { get; init; }
}
