namespace KubeFed.FederationApis;

/// <summary>Labels that the control plane reads and writes.</summary>
public static class FederationLabels
{
    /// <summary>
    /// On a member's object: <see cref="ManagedTrue"/> when the control plane owns it. A member's owner sets
    /// <see cref="ManagedFalse"/> to opt the object out; it is then left alone.
    /// </summary>
    public const string Managed = "kubefed.io/managed";

    /// <summary>Owned by the control plane.</summary>
    public const string ManagedTrue = "true";

    /// <summary>Opted out.</summary>
    public const string ManagedFalse = "false";

    /// <summary>The selector of everything that the control plane owns in a member.</summary>
    public const string ManagedSelector = Managed + "=" + ManagedTrue;
}
