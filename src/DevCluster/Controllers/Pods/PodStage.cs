namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>Where a pod is in its life, as its node sees it.</summary>
internal enum PodStage
{
    /// <summary>Assigned to no node, so nobody's business here.</summary>
    Unassigned,

    /// <summary>Assigned to a node that does not exist.</summary>
    Lost,

    /// <summary>Assigned to a node that is down.</summary>
    Unreachable,

    /// <summary>Just assigned: its node has not said anything of it yet.</summary>
    Assigned,

    /// <summary>Its containers are being made.</summary>
    Starting,

    /// <summary>Its containers run.</summary>
    Running,

    /// <summary>Its containers have ended for good.</summary>
    Ended,

    /// <summary>It was deleted and its containers are being stopped.</summary>
    Stopping,
}
