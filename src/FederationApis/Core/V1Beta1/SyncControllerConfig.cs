using System.Text.Json.Serialization;
using KubeFed.FederationApis.Serialization;

namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>How objects are propagated.</summary>
public sealed record SyncControllerConfig
{
    /// <summary>Federated objects of one type that are worked on at the same time.</summary>
    /// <value>Default 1; more than zero.</value>
    public long? MaxConcurrentReconciles { get; init; }

    /// <summary>One of <see cref="FeatureMode"/>: whether an object that a member already has is taken over.</summary>
    /// <value>Default Enabled.</value>
    public string? AdoptResources { get; init; }

    /// <summary>
    /// One of <see cref="DefaultPlacements"/>: which clusters an object without a placement goes to. <c>None</c> is
    /// KubeFed's rule. An empty <c>clusterSelector</c> selects every cluster either way.
    /// </summary>
    /// <value>Default All.</value>
    public string? DefaultPlacement { get; init; }

    /// <summary>
    /// How long a deletion waits for a member that holds the object and cannot be reached. After that the federated
    /// object is released; the removal is remembered and done when the member returns.
    /// </summary>
    /// <value>Default 5m; more than zero.</value>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? UnreachableDeletionTimeout { get; init; }

    internal SyncControllerConfig WithDefaults() => new()
    {
        MaxConcurrentReconciles = MaxConcurrentReconciles ?? 1,
        AdoptResources = AdoptResources ?? FeatureMode.Enabled,
        DefaultPlacement = DefaultPlacement ?? DefaultPlacements.All,
        UnreachableDeletionTimeout = UnreachableDeletionTimeout ?? TimeSpan.FromMinutes(5),
    };
}
