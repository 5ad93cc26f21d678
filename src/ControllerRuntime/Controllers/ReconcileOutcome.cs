namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>The kinds of <see cref="ReconcileResult"/>.</summary>
public enum ReconcileOutcome
{
    /// <summary>Nothing more to do until something changes.</summary>
    Done,

    /// <summary>Come again after the key's backoff.</summary>
    Requeue,

    /// <summary>Come again after a stated time.</summary>
    RequeueAfter,
}
