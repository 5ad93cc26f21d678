namespace KubeFed.Kubefedctl.Join;

/// <summary>The mark on everything that join makes.</summary>
internal static class JoinLabels
{
    public const string CreatedBy = "kubefed.io/created-by";
    public const string Join = "kubefedctl-join";
}
