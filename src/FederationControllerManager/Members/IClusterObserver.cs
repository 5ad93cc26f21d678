namespace KubeFed.FederationControllerManager.Members;

/// <summary>Hears of changes of the registered clusters. Calls come one after another and must not block.</summary>
internal interface IClusterObserver
{
    /// <summary>
    /// A cluster changed from one view to another. <paramref name="old"/> is null for a new cluster,
    /// <paramref name="current"/> for one that is no longer registered.
    /// </summary>
    void OnClusterChanged(ClusterView? old, ClusterView? current);
}
