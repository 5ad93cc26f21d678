using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>
/// Reconciles the objects of an informer, each only when the informers show what was last written for it. Refusals that the next look
/// cures (a conflict, something gone or there already) are no errors.
/// </summary>
internal abstract class ObjectReconciler(Cluster cluster, IInformer informer) : IReconciler<NamespacedName>
{
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(1);

    protected Cluster Cluster { get; } = cluster;

    protected OwnWrites Writes { get; } = new(cluster.Time);

    protected IInformer Objects { get; } = informer;

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (!Writes.AreSeen(key))
        {
            return ReconcileResult.RequeueAfter(Unseen);
        }

        if (Objects.Store.Get(key) is not { } value)
        {
            return await GoneAsync(key, cancellationToken);
        }

        try
        {
            return await ReconcileAsync(value, cancellationToken);
        }
        catch (StatusException refusal) when (refusal.IsConflict || refusal.IsNotFound || refusal.IsAlreadyExists)
        {
            return ReconcileResult.Requeue;
        }
        catch (StatusException refusal) when (refusal.IsNamespaceTerminating)
        {
            return ReconcileResult.Done;
        }
    }

    protected abstract Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken);

    /// <summary>The object of a key is not there, or no more.</summary>
    protected virtual Task<ReconcileResult> GoneAsync(NamespacedName key, CancellationToken cancellationToken) => Task.FromResult(ReconcileResult.Done);
}
