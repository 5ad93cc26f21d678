namespace KubeFed.Scale.Http;

/// <summary>Sends many requests with a fixed number in flight.</summary>
internal static class Burst
{
    public static Task RunAsync<T>(
        IEnumerable<T> items, int concurrency, Func<T, CancellationToken, Task> send, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (item, token) => await send(item, token));
}
