namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Values of <see cref="SyncControllerConfig.DefaultPlacement"/>.</summary>
public static class DefaultPlacements
{
    /// <summary>An object without a placement goes to every cluster.</summary>
    public const string All = "All";

    /// <summary>An object without a placement goes nowhere.</summary>
    public const string None = "None";
}
