using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Versions;

/// <summary>Whether a member's object must be applied again.</summary>
public static class UpdateDecision
{
    /// <summary>
    /// True unless the record says that these very bytes were applied and the member's object is still at the version
    /// that this gave. Where that is a generation, which metadata does not move, the labels and annotations that we apply
    /// must also be there; others may stand beside them.
    /// </summary>
    public static bool NeedsUpdate(ClusterObjectVersion? recorded, DesiredObject desired, ObjectMeta member)
    {
        if (recorded is null || recorded.AppliedHash != desired.Hash || recorded.Version != ObjectVersion.Of(member))
        {
            return true;
        }

        return member.Generation != 0
            && !(Contains(member.Labels, desired.Labels) && Contains(member.Annotations, desired.Annotations));
    }

    private static bool Contains(StringMap present, StringMap wanted)
    {
        foreach (var (key, value) in wanted)
        {
            if (!present.TryGetValue(key, out var found) || found != value)
            {
                return false;
            }
        }

        return true;
    }
}
