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

    private Func<IReadyList<TKey>> CreateOrder { get; init; } = static () => new FifoReadyList<TKey>();

    /// <summary>
    /// The same options, with ready keys handed out round robin over groups: one of each group that has any, in turn, and
    /// first come first served within a group. A group with ten thousand ready keys so delays a lone key of another by one.
    /// </summary>
    /// <param name="group">The group of a key; must be cheap, pure and not throw.</param>
    public KeyedQueueOptions<TKey> FairBy<TGroup>(Func<TKey, TGroup> group)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(group);
        return With(() => new RoundRobinReadyList<TKey, TGroup>(group, static () => new FifoReadyList<TKey>()));
    }

    /// <summary>
    /// The same options, with ready keys handed out round robin over groups, and within a group round robin over its subgroups. So
    /// a group gets its share however many subgroups another has.
    /// </summary>
    /// <param name="group">The group of a key; must be cheap, pure and not throw.</param>
    /// <param name="subgroup">The subgroup of a key within its group; likewise.</param>
    public KeyedQueueOptions<TKey> FairBy<TGroup, TSubgroup>(Func<TKey, TGroup> group, Func<TKey, TSubgroup> subgroup)
        where TGroup : notnull
        where TSubgroup : notnull
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(subgroup);
        return With(() => new RoundRobinReadyList<TKey, TGroup>(
            group, () => new RoundRobinReadyList<TKey, TSubgroup>(subgroup, static () => new FifoReadyList<TKey>())));
    }

    internal IReadyList<TKey> CreateReadyList() => new PriorityReadyList<TKey>(CreateOrder);

    private KeyedQueueOptions<TKey> With(Func<IReadyList<TKey>> order) => new()
    {
        Backoff = Backoff,
        TimeProvider = TimeProvider,
        Random = Random,
        Metrics = Metrics,
        Comparer = Comparer,
        CreateOrder = order,
    };
}
