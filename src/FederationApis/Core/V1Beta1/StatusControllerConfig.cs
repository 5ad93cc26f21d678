namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>How status is collected.</summary>
public sealed record StatusControllerConfig
{
    /// <summary>Objects of one type whose status is collected at the same time.</summary>
    /// <value>Default 1; more than zero.</value>
    public long? MaxConcurrentReconciles { get; init; }

    internal StatusControllerConfig WithDefaults() => new() { MaxConcurrentReconciles = MaxConcurrentReconciles ?? 1 };
}
