using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationCore.Versions;

/// <summary>Keeps the record of what members hold.</summary>
public static class PropagatedVersions
{
    /// <summary>
    /// The record after a pass: entries of clusters that were written replace the old ones; old entries stay while their
    /// cluster may hold a copy and, where KubeFed wrote them (no hash), while both sources are unchanged. Sorted by cluster.
    /// </summary>
    /// <param name="old">The record before, or null.</param>
    /// <param name="templateVersion"><see cref="SourceVersions.OfTemplate"/>.</param>
    /// <param name="overridesVersion"><see cref="SourceVersions.OfOverrides"/>.</param>
    /// <param name="written">Entries of clusters written in this pass, in any order.</param>
    /// <param name="placement">The current placement.</param>
    /// <param name="mayHold">Whether a cluster that is not selected may still hold a copy: its entry stays until it does not.</param>
    /// <param name="changed">Whether the result differs from <paramref name="old"/> and must be written.</param>
    public static PropagatedVersionStatus Merge(
        PropagatedVersionStatus? old,
        string templateVersion,
        string overridesVersion,
        IReadOnlyCollection<ClusterObjectVersion> written,
        PlacementDecision placement,
        Func<string, bool> mayHold,
        out bool changed)
    {
        var entries = new SortedDictionary<string, ClusterObjectVersion>(StringComparer.Ordinal);
        var sameSources = old?.TemplateVersion == templateVersion && old.OverridesVersion == overridesVersion;
        foreach (var entry in old?.ClusterVersions ?? [])
        {
            if (placement.Selects(entry.ClusterName) ? sameSources || entry.AppliedHash is not null : mayHold(entry.ClusterName))
            {
                entries[entry.ClusterName] = entry;
            }
        }

        foreach (var entry in written)
        {
            entries[entry.ClusterName] = entry;
        }

        ClusterObjectVersion[] merged = [.. entries.Values];
        changed = !sameSources || !merged.AsSpan().SequenceEqual(old!.ClusterVersions.ToArray());
        return new PropagatedVersionStatus { TemplateVersion = templateVersion, OverridesVersion = overridesVersion, ClusterVersions = merged };
    }
}
