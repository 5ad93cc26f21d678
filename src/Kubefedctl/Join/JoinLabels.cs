using KubeFed.ApiMachinery.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>The mark on everything that join makes, and on nothing else.</summary>
internal static class JoinLabels
{
    public const string CreatedBy = "kubefed.io/created-by";
    public const string Join = "kubefedctl-join";

    /// <summary>Whether join made an object.</summary>
    public static bool AreOn(KubeObject value) => value.Metadata.Labels.TryGetValue(CreatedBy, out var by) && by == Join;
}
