using System.Collections.Frozen;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>The values of <c>status.clusters[].status</c>.</summary>
public static class PropagationStatus
{
    /// <summary>The cluster holds what was asked for. Not written: the field is absent.</summary>
    public const string Ok = "";

    /// <summary>Deletion was asked for, or the object is terminating.</summary>
    public const string WaitingForRemoval = "WaitingForRemoval";

    /// <summary>The cluster is selected but not ready.</summary>
    public const string ClusterNotReady = "ClusterNotReady";

    /// <summary>The cache of the cluster's objects could not be read.</summary>
    public const string CachedRetrievalFailed = "CachedRetrievalFailed";

    /// <summary>The template cannot be read.</summary>
    public const string ComputeResourceFailed = "ComputeResourceFailed";

    /// <summary>An override is malformed, forbidden or does not fit the template.</summary>
    public const string ApplyOverridesFailed = "ApplyOverridesFailed";

    /// <summary>The cluster refused to create the object. Retried.</summary>
    public const string CreationFailed = "CreationFailed";

    /// <summary>The cluster refused to change the object. Retried.</summary>
    public const string UpdateFailed = "UpdateFailed";

    /// <summary>The cluster refused to delete the object. Retried.</summary>
    public const string DeletionFailed = "DeletionFailed";

    /// <summary>The managed label could not be removed. Retried.</summary>
    public const string LabelRemovalFailed = "LabelRemovalFailed";

    /// <summary>An existing object could not be read. Retried.</summary>
    public const string RetrievalFailed = "RetrievalFailed";

    /// <summary>The cluster has such an object already and adoption is disabled.</summary>
    public const string AlreadyExists = "AlreadyExists";

    /// <summary>A field that the cluster owns could not be kept.</summary>
    public const string FieldRetentionFailed = "FieldRetentionFailed";

    /// <summary>The recorded version could not be read.</summary>
    public const string VersionRetrievalFailed = "VersionRetrievalFailed";

    /// <summary>No client could be made for the cluster.</summary>
    public const string ClientRetrievalFailed = "ClientRetrievalFailed";

    /// <summary>The cluster's owner opted the object out by the label <c>kubefed.io/managed: "false"</c>.</summary>
    public const string ManagedLabelFalse = "ManagedLabelFalse";

    /// <summary>The cluster did not answer a create in time. Retried.</summary>
    public const string CreationTimedOut = "CreationTimedOut";

    /// <summary>The cluster did not answer an update in time. Retried.</summary>
    public const string UpdateTimedOut = "UpdateTimedOut";

    /// <summary>The cluster did not answer a delete in time. Retried.</summary>
    public const string DeletionTimedOut = "DeletionTimedOut";

    /// <summary>The cluster did not answer the removal of the managed label in time. Retried.</summary>
    public const string LabelRemovalTimedOut = "LabelRemovalTimedOut";

    private static readonly FrozenSet<string> Recoverable = new[]
    {
        CreationFailed, UpdateFailed, DeletionFailed, LabelRemovalFailed, RetrievalFailed,
        CreationTimedOut, UpdateTimedOut, DeletionTimedOut, LabelRemovalTimedOut,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether trying again can help; the others wait for a change.</summary>
    public static bool IsRecoverable(string status) => Recoverable.Contains(status);
}
