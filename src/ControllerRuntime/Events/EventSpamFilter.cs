namespace KubeFed.ControllerRuntime.Events;

/// <summary>A token bucket for each object.</summary>
internal sealed class EventSpamFilter(EventRecorderOptions options)
{
    private readonly LruCache<ObjectReference, (double Tokens, long At)> _buckets = new(options.MemorySize);

    /// <summary>Whether one more event about the object is to be written.</summary>
    public bool Allows(ObjectReference subject)
    {
        var now = options.TimeProvider.GetTimestamp();
        double tokens = options.Burst;
        if (_buckets.TryGet(subject, out var bucket))
        {
            var refill = options.TimeProvider.GetElapsedTime(bucket.At, now) / options.RefillPeriod;
            tokens = Math.Min(bucket.Tokens + refill, options.Burst);
        }

        var allowed = tokens >= 1;
        _buckets.Set(subject, (allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}
