namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>How one member is: what the control plane says of it, and what is there. Of a member that cannot be reached, what was last seen.</summary>
internal sealed record MemberState
{
    public required string Name { get; init; }

    public string Region { get; init; } = string.Empty;

    /// <summary>Whether the control plane holds it ready.</summary>
    public required bool IsReady { get; init; }

    /// <summary>What the control plane says of its health; empty before it said anything.</summary>
    public string Health { get; init; } = string.Empty;

    public int Nodes { get; init; }

    public int Pods { get; init; }

    public int RunningPods { get; init; }

    /// <summary>How many pods of the sample find no node.</summary>
    public int UnschedulablePods { get; init; }

    /// <summary>Why one of them finds none; null where all do.</summary>
    public string? Unschedulable { get; init; }

    /// <summary>How many replicas the member's copy of the sample asks for; null where there is no copy.</summary>
    public required int? Replicas { get; init; }

    /// <summary>How many pods the copy has, old and new.</summary>
    public required int AllReplicas { get; init; }

    public required int ReadyReplicas { get; init; }

    /// <summary>How many pods are of the copy's present template.</summary>
    public required int UpdatedReplicas { get; init; }

    /// <summary>Whether the member's controllers have seen the present template; before, the numbers are of an older one.</summary>
    public required bool IsObserved { get; init; }

    /// <summary>The image that the copy asks for; empty where there is no copy.</summary>
    public string Image { get; init; } = string.Empty;

    /// <summary>Whether every replica is there, new and ready, and no old one.</summary>
    public bool IsRolledOut => IsObserved && Replicas == ReadyReplicas && Replicas == UpdatedReplicas && Replicas == AllReplicas;
}
