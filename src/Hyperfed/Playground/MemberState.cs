namespace KubeFed.Hyperfed.Playground;

/// <summary>How one member is.</summary>
internal sealed record MemberState
{
    public required string Name { get; init; }

    public required string Region { get; init; }

    /// <summary>Whether the control plane holds it ready.</summary>
    public required bool IsReady { get; init; }

    public required int Nodes { get; init; }

    public required int Pods { get; init; }

    public required int RunningPods { get; init; }

    /// <summary>How many replicas the member's copy of the sample asks for; null where there is no copy.</summary>
    public required int? Replicas { get; init; }

    public required int ReadyReplicas { get; init; }
}
