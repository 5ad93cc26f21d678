namespace KubeFed.FederationApis.Scheduling.V1Alpha1;

/// <summary>The reasons of a preference's conditions.</summary>
public static class SchedulingReasons
{
    /// <summary>Scheduled: every replica has a cluster.</summary>
    public const string AllScheduled = "AllScheduled";

    /// <summary>Not scheduled: no federated type has the target's kind, or it is not propagated.</summary>
    public const string TargetKindNotFederated = "TargetKindNotFederated";

    /// <summary>Not scheduled: there is no federated object of the preference's name and namespace.</summary>
    public const string TargetNotFound = "TargetNotFound";

    /// <summary>Not scheduled: the target has no number of replicas.</summary>
    public const string NoReplicasField = "NoReplicasField";

    /// <summary>Not scheduled: the preference contradicts itself.</summary>
    public const string InvalidPreference = "InvalidPreference";

    /// <summary>Not scheduled: the namespace is not federated.</summary>
    public const string NamespaceNotFederated = "NamespaceNotFederated";

    /// <summary>Not scheduled: a placement cannot be read.</summary>
    public const string PlacementInvalid = "PlacementInvalid";

    /// <summary>Not scheduled: no cluster comes into question.</summary>
    public const string NoClusters = "NoClusters";

    /// <summary>Partly scheduled: the clusters' limits add up to less than the total.</summary>
    public const string MaxReplicasReached = "MaxReplicasReached";

    /// <summary>Partly scheduled: the clusters are full.</summary>
    public const string InsufficientCapacity = "InsufficientCapacity";

    /// <summary>Scheduled, but the clusters' minima add up to more than the total.</summary>
    public const string MinReplicasNotMet = "MinReplicasNotMet";

    /// <summary>Not scheduled: the federated object cannot be changed.</summary>
    public const string ApplyFailed = "ApplyFailed";

    /// <summary>Not progressing: every cluster is asked for what it is to have, and it is ready.</summary>
    public const string Complete = "Complete";

    /// <summary>Not progressing: there is no plan to follow.</summary>
    public const string NotScheduled = "NotScheduled";

    /// <summary>Progressing: replicas move from clusters to others, step by step.</summary>
    public const string Moving = "Moving";

    /// <summary>Progressing: replicas are not ready yet.</summary>
    public const string WaitingForReady = "WaitingForReady";

    /// <summary>Progressing: as many replicas have moved as may in an interval.</summary>
    public const string MoveLimitReached = "MoveLimitReached";
}
