namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>How one federated object is.</summary>
internal sealed record ObjectState
{
    /// <summary>What a cluster's entry says that is in order.</summary>
    public const string InOrder = "OK";

    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether the control plane says that all clusters hold its newest generation.</summary>
    public required bool IsPropagated { get; init; }

    /// <summary>The clusters that its status names, with what is wrong there or <see cref="InOrder"/>.</summary>
    public required IReadOnlyDictionary<string, string> Clusters { get; init; }
}
