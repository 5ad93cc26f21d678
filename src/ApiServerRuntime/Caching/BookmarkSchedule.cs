namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>When a watch gets bookmarks: once a period, and a last time shortly before its end.</summary>
internal sealed class BookmarkSchedule
{
    private readonly TimeSpan _period;
    private readonly TimeSpan _last;
    private TimeSpan _next;

    public BookmarkSchedule(ResourceCacheOptions options, TimeSpan now, TimeSpan? timeout)
    {
        _period = options.BookmarkPeriod;
        var last = now + timeout - options.BookmarkBeforeTimeout;
        _last = last > now ? last.Value : TimeSpan.MaxValue;
        _next = Earlier(now + _period, _last);
    }

    /// <summary>Whether one is due; then the next one is set.</summary>
    public bool IsDue(TimeSpan now)
    {
        if (now < _next)
        {
            return false;
        }

        _next = now >= _last ? TimeSpan.MaxValue : Earlier(now + _period, _last);
        return true;
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
