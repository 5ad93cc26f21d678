namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>Waits that double from one failure to the next.</summary>
internal sealed class RetryDelay(ResourceCacheOptions options)
{
    private TimeSpan _next = options.ReconnectDelay;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = _next;
        _next = wait * 2 < options.MaxReconnectDelay ? wait * 2 : options.MaxReconnectDelay;
        return wait;
    }

    /// <summary>Begins anew after a success.</summary>
    public void Reset() => _next = options.ReconnectDelay;
}
