using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Statuses;

/// <summary>What one pass over a federated object found.</summary>
public sealed record PropagationOutcome
{
    /// <summary>The generation of the object that was worked on.</summary>
    public required long Generation { get; init; }

    /// <summary>
    /// Why nothing could be placed (a value of <see cref="PropagationReasons"/>);
    /// <see cref="PropagationReasons.Success"/> when the clusters' results decide.
    /// </summary>
    public string Reason { get; init; } = PropagationReasons.Success;

    /// <summary>One sentence on <see cref="Reason"/>; null for the default one.</summary>
    public string? Message { get; init; }

    /// <summary>One result per cluster that holds the object or should, in any order; of several for a cluster the last counts.</summary>
    public IReadOnlyCollection<ClusterResult> Clusters { get; init; } = [];

    /// <summary>Whether the members' status is collected: then a cluster without one is not in order.</summary>
    public bool CollectsRemoteStatus { get; init; }

    /// <summary>Whether an object that a member had already was changed: moves <c>lastUpdateTime</c>, so it causes a write.</summary>
    public bool ObjectsUpdated { get; init; }
}
