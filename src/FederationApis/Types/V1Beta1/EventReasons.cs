namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Reasons of the Events on federated objects. Those of an operation get <see cref="FailedSuffix"/> when it failed.</summary>
public static class EventReasons
{
    /// <summary>Appended to the reason of an operation that failed.</summary>
    public const string FailedSuffix = "Failed";

    /// <summary>Normal: created in a cluster.</summary>
    public const string CreateInCluster = "CreateInCluster";

    /// <summary>Normal: changed in a cluster; not sent when nothing changed.</summary>
    public const string UpdateInCluster = "UpdateInCluster";

    /// <summary>Normal: deleted in a cluster.</summary>
    public const string DeleteInCluster = "DeleteInCluster";

    /// <summary>Normal: released in a cluster.</summary>
    public const string RemoveManagedLabelFromInCluster = "RemoveManagedLabelFromInCluster";

    /// <summary>Warning: the finalizer could not be written.</summary>
    public const string EnsureFinalizerError = "EnsureFinalizerError";

    /// <summary>Warning: clusters did not answer in time.</summary>
    public const string OperationTimeoutError = "OperationTimeoutError";

    /// <summary>Warning: the list of clusters could not be read.</summary>
    public const string ClusterRetrievalFailed = "ClusterRetrievalFailed";

    /// <summary>Warning: the placement is malformed.</summary>
    public const string ComputePlacementFailed = "ComputePlacementFailed";

    /// <summary>Warning: a selected cluster is not ready.</summary>
    public const string ClusterNotReady = "ClusterNotReady";

    /// <summary>Warning: a cluster's cache could not be read.</summary>
    public const string CachedRetrievalFailed = "CachedRetrievalFailed";

    /// <summary>Warning, of KubeFed only: here the template's annotations are applied.</summary>
    public const string AnnotationsNotSupported = "AnnotationsNotSupported";

    /// <summary>Warning: finalizers in the template were left out.</summary>
    public const string FinalizersNotSupported = "FinalizersNotSupported";

    /// <summary>Warning: a FederatedNamespace is not named after its namespace.</summary>
    public const string InvalidName = "InvalidName";
}
