using KubeFed.ControllerRuntime.Controllers;

namespace KubeFed.FederationControllerManager.Telemetry;

/// <summary>Tells how long each reconcile of another reconciler takes, whatever becomes of it.</summary>
internal sealed class MeasuredReconciler<TKey>(IReconciler<TKey> inner, TimeProvider time, Action<TimeSpan> took) : IReconciler<TKey>
    where TKey : notnull
{
    public async Task<ReconcileResult> ReconcileAsync(TKey key, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            return await inner.ReconcileAsync(key, cancellationToken);
        }
        finally
        {
            took(time.GetElapsedTime(started));
        }
    }
}
