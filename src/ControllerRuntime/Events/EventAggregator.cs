namespace KubeFed.ControllerRuntime.Events;

/// <summary>Makes one event of many that differ only in their message.</summary>
internal sealed class EventAggregator(EventRecorderOptions options)
{
    private const string Prefix = "(combined from similar events): ";

    private readonly LruCache<EventKey, Similar> _similar = new(options.MemorySize);

    /// <summary>
    /// The key under which to count the event, and its text: its own, or, once there are too many messages within the window, one for them all.
    /// </summary>
    public (EventKey Key, string Message) Observe(RecordedEvent recorded)
    {
        var key = recorded.Key with { Message = null };
        var now = options.TimeProvider.GetTimestamp();
        if (!_similar.TryGet(key, out var similar) || options.TimeProvider.GetElapsedTime(similar.LastAt, now) > options.SimilarWindow)
        {
            similar = new Similar();
            _similar.Set(key, similar);
        }

        similar.LastAt = now;
        if (similar.Messages.Count <= options.MaxSimilar)
        {
            similar.Messages.Add(recorded.Message);
        }

        return similar.Messages.Count > options.MaxSimilar ? (key, Prefix + recorded.Message) : (recorded.Key, recorded.Message);
    }

    private sealed class Similar
    {
        public HashSet<string> Messages { get; } = [];

        public long LastAt { get; set; }
    }
}
