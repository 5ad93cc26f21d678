namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Whether a type's controller runs.</summary>
public static class ControllerStatus
{
    /// <summary>It runs.</summary>
    public const string Running = "Running";

    /// <summary>It does not run.</summary>
    public const string NotRunning = "NotRunning";
}
