namespace KubeFed.Scale.Servers;

/// <summary>Workers that each send one request after the other to a server, for a while.</summary>
internal sealed class Load(MeasuredServer server, TimeProvider time)
{
    /// <summary>One request of a worker: its number and how many it has sent before.</summary>
    public delegate Task Request(int worker, int number, CancellationToken cancellationToken);

    /// <summary>Operations a second over the while.</summary>
    public async Task<Sample> ForAsync(TimeSpan duration, int workers, Request request, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var cpu = server.CpuSeconds;
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            await Task.Yield();
            var number = 0;
            while (time.GetElapsedTime(start) < duration)
            {
                await request(worker, number++, cancellationToken);
            }

            return number;
        }));
        return Result(counts.Sum(), time.GetElapsedTime(start), server.CpuSeconds - cpu);
    }

    /// <summary>Operations a second until all are done.</summary>
    public async Task<Sample> CountAsync(int operations, int workers, Func<int, int, CancellationToken, Task> request, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var cpu = server.CpuSeconds;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            await Task.Yield();
            while (Interlocked.Increment(ref next) is var number && number < operations)
            {
                await request(worker, number, cancellationToken);
            }
        }));
        return Result(operations, time.GetElapsedTime(start), server.CpuSeconds - cpu);
    }

    private static Sample Result(int operations, TimeSpan elapsed, double cpu) =>
        new(operations / elapsed.TotalSeconds, cpu / operations * 1e6);
}
