namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>What runs for a type.</summary>
public sealed record FederatedTypeConfigStatus
{
    /// <summary>The generation that the running controllers were started for.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>One of <see cref="ControllerStatus"/>.</summary>
    public string PropagationController { get; init => field = value ?? ControllerStatus.NotRunning; } = ControllerStatus.NotRunning;

    /// <summary>One of <see cref="ControllerStatus"/>; absent where no status is collected.</summary>
    public string? StatusController { get; init; }
}
