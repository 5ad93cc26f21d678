namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>The kinds of endings of an intent. They decide what the object's status says and when it is tried again.</summary>
internal enum DispatchResult
{
    /// <summary>The member did it.</summary>
    Done,

    /// <summary>The member answered no, and will again until something changes: invalid, forbidden, unknown type.</summary>
    Rejected,

    /// <summary>The member could not do it now: a conflict, a missing namespace, a fault of its own.</summary>
    Failed,

    /// <summary>An object of that name exists and adoption is off.</summary>
    AlreadyExists,

    /// <summary>The member refused to take it on, as too much at present; nothing was done.</summary>
    Throttled,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The member cannot be reached.</summary>
    Unreachable,
}
