namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>The two values of every switch in these groups.</summary>
public static class FeatureMode
{
    /// <summary>On.</summary>
    public const string Enabled = "Enabled";

    /// <summary>Off.</summary>
    public const string Disabled = "Disabled";
}
