namespace KubeFed.KubeClient.Informers;

/// <summary>One user's hold on a shared informer. Disposing it gives the hold up, once; the last one stops the informer.</summary>
public sealed class InformerLease : IAsyncDisposable
{
    private Func<ValueTask>? _release;

    internal InformerLease(IInformer informer, Func<ValueTask> release)
    {
        Informer = informer;
        _release = release;
    }

    /// <summary>The informer, which runs already. Remove the handlers you add: others may go on using it.</summary>
    public IInformer Informer { get; }

    /// <summary>Gives the informer up; when nobody else holds it, returns after it has stopped.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _release, null)?.Invoke() ?? ValueTask.CompletedTask;
}
