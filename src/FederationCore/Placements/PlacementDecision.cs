using System.Diagnostics.CodeAnalysis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Placements;

/// <summary>Where an object goes, or why that cannot be told.</summary>
public sealed record PlacementDecision
{
    private PlacementDecision()
    {
    }

    /// <summary>Names of existing clusters, sorted, without duplicates; empty when <see cref="Error"/> is set.</summary>
    public IReadOnlyList<string> Clusters { get; private init; } = [];

    /// <summary>
    /// What the propagation condition must say: <see cref="PropagationReasons.Success"/>,
    /// <see cref="PropagationReasons.NamespaceNotFederated"/> (no clusters; copies go) or
    /// <see cref="PropagationReasons.ComputePlacementFailed"/> (nothing is touched).
    /// </summary>
    public string Reason { get; private init; } = PropagationReasons.Success;

    /// <summary>What is wrong with the placement, with its field path; null when nothing is.</summary>
    public string? Error { get; private init; }

    /// <summary>Whether the placement could not be computed.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailed => Error is not null;

    /// <summary>Whether a cluster is selected; a binary search.</summary>
    public bool Selects(string cluster)
    {
        int low = 0, high = Clusters.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(Clusters[middle], cluster);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    internal static PlacementDecision Of(IReadOnlyList<string> sorted) => new() { Clusters = sorted };

    internal static PlacementDecision NotFederated() => new() { Reason = PropagationReasons.NamespaceNotFederated };

    internal static PlacementDecision Failed(string error) =>
        new() { Reason = PropagationReasons.ComputePlacementFailed, Error = error };
}
