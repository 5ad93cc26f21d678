using System.Globalization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationCore.Versions;

/// <summary>The version of a member's object, as it is recorded.</summary>
public static class ObjectVersion
{
    /// <summary>
    /// <c>gen:</c> and the generation where the type counts it, which foreign changes of status or metadata do not move;
    /// else <c>rv:</c> and the resourceVersion, which every change moves.
    /// </summary>
    public static string Of(ObjectMeta metadata) =>
        metadata.Generation != 0
            ? "gen:" + metadata.Generation.ToString(CultureInfo.InvariantCulture)
            : "rv:" + metadata.ResourceVersion;
}
