namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Which type is federated, by which type, and what is done with it.</summary>
public sealed record FederatedTypeConfigSpec
{
    /// <summary>A spec with nothing set; not valid.</summary>
    public static FederatedTypeConfigSpec Empty { get; } = new();

    /// <summary>The type of the objects in the members.</summary>
    public ApiResource TargetType { get; init => field = value ?? ApiResource.Empty; } = ApiResource.Empty;

    /// <summary>The type of the objects in the host.</summary>
    public ApiResource FederatedType { get; init => field = value ?? ApiResource.Empty; } = ApiResource.Empty;

    /// <summary>One of <see cref="FeatureMode"/>: whether objects are propagated.</summary>
    public string Propagation { get; init => field = value ?? ""; } = "";

    /// <summary>The type that collects the members' status, where there is one.</summary>
    public ApiResource? StatusType { get; init; }

    /// <summary>One of <see cref="FeatureMode"/>; absent: disabled.</summary>
    public string? StatusCollection { get; init; }

    /// <summary>Whether objects are propagated.</summary>
    public bool IsPropagationEnabled() => Propagation == FeatureMode.Enabled;

    /// <summary>Whether the members' status is collected.</summary>
    public bool IsStatusCollectionEnabled() => StatusCollection == FeatureMode.Enabled;
}
