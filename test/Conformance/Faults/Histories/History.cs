using System.Collections.Concurrent;

namespace KubeFed.Conformance.Faults.Histories;

/// <summary>What clients and watchers did and saw, and what the storage kept.</summary>
internal sealed class History
{
    /// <summary>What clients did, in any order.</summary>
    public ConcurrentQueue<Operation> Operations { get; } = new();

    /// <summary>What watchers saw; those of one watcher in their order.</summary>
    public ConcurrentQueue<WatchSegment> Segments { get; } = new();

    /// <summary>The revision at which no object of the history existed yet.</summary>
    public long Start { get; set; }

    /// <summary>Every write after the start, in revision order, as read from the storage itself.</summary>
    public IReadOnlyList<Change> Changes { get; set; } = [];

    /// <summary>The clock of the history.</summary>
    public static long Now => TimeProvider.System.GetTimestamp();
}
