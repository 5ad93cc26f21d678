namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>How long simulated pods take.</summary>
internal sealed record PodTimings
{
    /// <summary>From being assigned to a node to running.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>From the start of a job's pod to its end.</summary>
    public TimeSpan Run { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From the deletion of a running pod to its removal; never more than its grace period.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long pods stay on a node that is down, where they do not say so themselves.</summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromSeconds(30);
}
