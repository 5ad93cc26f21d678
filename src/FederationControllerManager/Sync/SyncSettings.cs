using KubeFed.FederationApis;
using KubeFed.FederationCore.Placements;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>How types are propagated; from the KubeFedConfig.</summary>
internal sealed record SyncSettings
{
    /// <summary>The namespace of the control plane.</summary>
    public string FederationNamespace { get; init; } = FederationNames.DefaultNamespace;

    /// <summary>The only namespace that is propagated, or null for all (a cluster-scoped control plane).</summary>
    public string? TargetNamespace { get; init; }

    /// <summary>Whether objects that already exist in a member are taken over.</summary>
    public bool AdoptResources { get; init; } = true;

    /// <summary>What an absent placement means.</summary>
    public PlacementOptions Placement { get; init; } = new(SelectAllByDefault: true, NamespacedControlPlane: false);

    /// <summary>Reconciles at once for each type. They do not wait for members.</summary>
    public int MaxConcurrentReconciles { get; init; } = 16;

    /// <summary>How long objects wait after a cluster has come back before they are looked at.</summary>
    public TimeSpan AvailableDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long objects wait after a cluster has gone before they are looked at.</summary>
    public TimeSpan UnavailableDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a status write waits for members that have not answered yet, so that one write tells of all.</summary>
    public TimeSpan StatusGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it waits for requests that have not had their turn yet.</summary>
    public TimeSpan QueueGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a deletion waits for clusters that cannot be reached, before it is remembered for when they are back.</summary>
    public TimeSpan UnreachableDeletionTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether types may be propagated at all (feature gate PushReconciler).</summary>
    public bool Propagates { get; init; } = true;

    /// <summary>Whether the members' status of an object is put into its own (feature gate RawResourceStatusCollection).</summary>
    public bool CollectsRawStatus { get; init; }

    /// <summary>Whether a namespace is never propagated.</summary>
    public bool IsSystemNamespace(string name) =>
        name is "kube-system" or "kube-public" or "kube-node-lease" or "default" || name == FederationNamespace;
}
