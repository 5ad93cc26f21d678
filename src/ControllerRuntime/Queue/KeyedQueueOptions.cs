namespace KubeFed.ControllerRuntime.Queue;

/// <summary>How a <see cref="KeyedQueue{TKey}"/> behaves.</summary>
public sealed class KeyedQueueOptions<TKey>
    where TKey : notnull
{
    /// <summary>The waits of <see cref="KeyedQueue{TKey}.AddRateLimited"/>.</summary>
    /// <value>The default is 5 ms doubling up to 1000 s, without jitter.</value>
    public BackoffOptions Backoff { get; init; } = new();

    /// <summary>The clock of waits and measurements.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where jitter comes from. The queue uses it under its lock only, so it need not be thread-safe.</summary>
    /// <value>The default is a new generator with a random seed.</value>
    public Random Random { get; init; } = new();

    /// <summary>Where the queue reports itself; null reports nothing.</summary>
    public WorkQueueMetrics? Metrics { get; init; }

    /// <summary>How keys are compared.</summary>
    /// <value>The default is the key's own equality.</value>
    public IEqualityComparer<TKey> Comparer { get; init; } = EqualityComparer<TKey>.Default;

    internal Func<IReadyList<TKey>> CreateReadyList { get; private init; } = static () => new FifoReadyList<TKey>();

    /// <summary>
    /// The same options, with ready keys handed out round robin over groups: one of each group that has any, in turn, and
    /// first come first served within a group. A group with ten thousand ready keys so delays a lone key of another by one.
    /// </summary>
    /// <param name="group">The group of a key; must be cheap, pure and not throw.</param>
    public KeyedQueueOptions<TKey> FairBy<TGroup>(Func<TKey, TGroup> group)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(group);
        return new KeyedQueueOptions<TKey>
        {
            Backoff = Backoff,
            TimeProvider = TimeProvider,
            Random = Random,
            Metrics = Metrics,
            Comparer = Comparer,
            CreateReadyList = () => new RoundRobinReadyList<TKey, TGroup>(group),
        };
    }
}
