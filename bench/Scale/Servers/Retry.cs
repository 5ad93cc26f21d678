namespace KubeFed.Scale.Servers;

/// <summary>Tries until something works, for a limited time, and for as long as the process that must do it lives.</summary>
/// <param name="time">The clock.</param>
/// <param name="patience">How long to try.</param>
/// <param name="whyDead">Empty while it lives, else what it said at its end.</param>
internal sealed class Retry(TimeProvider time, TimeSpan patience, Func<string> whyDead)
{
    /// <exception cref="MeasurementException">It did not come true.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (!await condition())
        {
            if (whyDead() is { Length: > 0 } log)
            {
                throw new MeasurementException($"the server has ended before {what}:\n{log}");
            }

            if (time.GetElapsedTime(start) > patience)
            {
                throw new MeasurementException($"waited {patience.TotalSeconds:0} s in vain until {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    /// <exception cref="MeasurementException">It never worked.</exception>
    public Task UntilDoneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        return UntilAsync(TryAsync, "it answers", cancellationToken);

        async Task<bool> TryAsync()
        {
            try
            {
                await action();
                return true;
            }
            catch (Exception e) when (e is MeasurementException or HttpRequestException)
            {
                return false;
            }
        }
    }
}
