namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>Brings the world a step closer to what an object asks for.</summary>
public interface IReconciler<in TKey>
    where TKey : notnull
{
    /// <summary>
    /// Reconciles one object: reads its present state by key (from a cache, never from the event that woke the controller) and acts.
    /// It is never called twice at once with the same key, and must be safe to call again at any time.
    /// </summary>
    /// <param name="key">Which object.</param>
    /// <param name="cancellationToken">Cancelled when the reconcile's time is up, or the controller's grace period on shutdown.</param>
    /// <returns>
    /// When to come again. An exception is logged, counted and retried with backoff; a <see cref="TerminalException"/> is logged and
    /// counted, and the object is left alone until it changes.
    /// </returns>
    Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken cancellationToken);
}
