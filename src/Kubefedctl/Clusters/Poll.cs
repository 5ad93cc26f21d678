namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Bounded waiting for what a cluster does by and by.</summary>
internal static class Poll
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Calls <paramref name="attempt"/> at once and then at every interval until it returns a value; null when the time
    /// is up. What it throws ends the wait.
    /// </summary>
    public static async Task<T?> UntilAsync<T>(
        TimeProvider time,
        TimeSpan interval,
        TimeSpan timeout,
        Func<CancellationToken, Task<T?>> attempt,
        CancellationToken cancellationToken)
        where T : class
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (await attempt(cancellationToken) is { } result)
            {
                return result;
            }

            if (time.GetElapsedTime(start) + interval > timeout)
            {
                return null;
            }

            await Task.Delay(interval, time, cancellationToken);
        }
    }
}
