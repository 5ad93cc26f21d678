namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>One feature switched on or off.</summary>
public sealed record FeatureGateConfig
{
    /// <summary>A name of <see cref="FederationFeatureGates"/>.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="FeatureMode"/>.</summary>
    public string Configuration { get; init => field = value ?? ""; } = "";
}
