using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>Remembers that something changed until somebody has waited for it. One waits, any number signals.</summary>
internal sealed class ChangeSignal : IInformerHandler
{
    private TaskCompletionSource _next = New();

    /// <summary>Something changed.</summary>
    public void Set() => Volatile.Read(ref _next).TrySetResult();

    /// <summary>Waits for a change since the last call, some time at the longest, or until cancelled.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        await Volatile.Read(ref _next).Task.WaitAsync(longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Exchange(ref _next, New());
    }

    void IInformerHandler.OnAdd(KubeObject value, bool isInInitialList) => Set();

    void IInformerHandler.OnUpdate(KubeObject old, KubeObject value) => Set();

    void IInformerHandler.OnDelete(KubeObject last, bool isFinalStateUnknown) => Set();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
