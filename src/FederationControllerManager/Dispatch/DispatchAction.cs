namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>What is to be done to one object of one member.</summary>
internal enum DispatchAction
{
    /// <summary>Server-side apply, whether the object exists or not.</summary>
    Apply,

    /// <summary>Create, and fail when the object exists; then own the fields as an apply would.</summary>
    Create,

    /// <summary>Delete the object of the stated UID.</summary>
    Delete,

    /// <summary>Take the managed label off and leave the object alone.</summary>
    RemoveManagedLabel,

    /// <summary>Look whether the object is there, because an earlier write may have made it without our hearing of it.</summary>
    Verify,
}
