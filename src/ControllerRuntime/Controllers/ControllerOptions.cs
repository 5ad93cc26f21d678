using KubeFed.ControllerRuntime.Queue;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>How a <see cref="Controller{TKey}"/> runs.</summary>
public sealed class ControllerOptions<TKey>
    where TKey : notnull
{
    /// <summary>How many keys are reconciled at once.</summary>
    /// <value>The default is 1.</value>
    public int MaxConcurrentReconciles { get; init; } = 1;

    /// <summary>How long one reconcile may take before its token is cancelled; infinite for no limit.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan ReconcileTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long running reconciles may go on after the controller is asked to stop, before their tokens are cancelled.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan ShutdownGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a reconcile may take to return once its token is cancelled on shutdown, before the controller leaves it behind.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The queue's order, backoff and metrics. Its <see cref="KeyedQueueOptions{TKey}.TimeProvider"/> is also the controller's.</summary>
    public KeyedQueueOptions<TKey> Queue { get; init; } = new();

    /// <summary>Where the controller reports itself; null reports nothing.</summary>
    public ControllerMetrics? Metrics { get; init; }

    /// <summary>Everything that is wrong with these values, empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>(Queue.Backoff.Validate());
        if (MaxConcurrentReconciles < 1)
        {
            errors.Add("the number of concurrent reconciles must be at least 1");
        }

        if (ReconcileTimeout <= TimeSpan.Zero && ReconcileTimeout != Timeout.InfiniteTimeSpan)
        {
            errors.Add("the reconcile timeout must be greater than zero");
        }

        if (ShutdownGracePeriod < TimeSpan.Zero)
        {
            errors.Add("the shutdown grace period must not be negative");
        }

        if (AbandonAfter < TimeSpan.Zero)
        {
            errors.Add("the time until a reconcile is abandoned must not be negative");
        }

        return errors;
    }
}
