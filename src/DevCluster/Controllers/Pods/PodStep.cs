using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>What a node does about a pod now: everything else it leaves as it is.</summary>
internal sealed record PodStep
{
    public static readonly PodStep Nothing = new();

    /// <summary>The status to write; null to leave it.</summary>
    public PodStatus? Status { get; init; }

    /// <summary>Whether the pod is to be removed at once.</summary>
    public bool Remove { get; init; }

    /// <summary>When to look again although nothing changed; null for not.</summary>
    public TimeSpan? Wake { get; init; }

    /// <summary>The reason and message of the event to record; null for none.</summary>
    public (string Reason, string Message)? Event { get; init; }

    public static PodStep After(TimeSpan wait) => new() { Wake = wait };
}
