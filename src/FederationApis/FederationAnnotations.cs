namespace KubeFed.FederationApis;

/// <summary>Annotations on federated objects.</summary>
public static class FederationAnnotations
{
    /// <summary><c>"true"</c>: deleting the federated object leaves the members' objects behind, without the managed label.</summary>
    public const string Orphan = "kubefed.io/orphan";

    /// <summary>
    /// JSON of what the replica scheduler has set on the object, and of what stood there before: it is given back when the
    /// preference goes. Not for others to write.
    /// </summary>
    public const string ReplicaScheduler = "scheduling.kubefed.io/replica-scheduler";

    /// <summary>JSON DeleteOptions for deletions in members: gracePeriodSeconds, propagationPolicy and preconditions count.</summary>
    public const string DeleteOption = "kubefed.io/deleteoption";
}
