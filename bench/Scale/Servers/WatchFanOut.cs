using System.Text;

namespace KubeFed.Scale.Servers;

/// <summary>Many watchers of one resource while its objects change: how long a change takes to reach each of them.</summary>
internal sealed class WatchFanOut(MeasuredServer server, TimeProvider time)
{
    private const string Namespace = "bench-watch";
    private const int Objects = 100;
    private const int ObjectSize = 512;
    private const int WatchersPerConnection = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly List<double> _delays = [];
    private long _received;
    private int _resumed;

    /// <summary>Changes objects at a steady rate while the watchers watch.</summary>
    public async Task<FanOutResult> RunAsync(int watchers, int changesPerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LoadClient[] connections = [.. Enumerable.Range(0, Math.Max(1, watchers / WatchersPerConnection)).Select(_ => new LoadClient(server.Name, server.Access))];
        var version = await PrepareAsync(cancellationToken);
        var started = await Task.WhenAll(Enumerable.Range(0, watchers).Select(async watcher =>
        {
            var connection = connections[watcher % connections.Length];
            return (Connection: connection, Answer: await connection.WatchAsync(PathFrom(version), stop.Token));
        }));
        Task[] reading = [.. started.Select(watch => FollowAsync(watch.Connection, watch.Answer, stop.Token))];
        var cpu = server.CpuSeconds;
        var changes = await ChangeAsync(changesPerSecond, duration, cancellationToken);
        await WaitAsync((long)changes * watchers, cancellationToken);
        cpu = server.CpuSeconds - cpu;
        await stop.CancelAsync();
        await Task.WhenAll(reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Array.ForEach(connections, static connection => connection.Dispose());
        var sorted = _delays.Order().ToArray();
        return new FanOutResult(
            sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], cpu / changes * 1e6, changes, (double)_received / ((long)changes * watchers), _resumed);
    }

    private async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        var list = await server.Client(0).GetAsync(Subject.Path(Namespace) + "?limit=1", cancellationToken);
        if (list.Length < ObjectSize)
        {
            await new Load(server, time).CountAsync(
                Objects,
                8,
                (worker, number, token) => server.Client(worker).PostAsync(
                    Subject.Path(Namespace), Subject.Object(Namespace, Name(number), "0", size: ObjectSize), token),
                cancellationToken);
        }

        // The newest resource version is that of a change: the list's own stands behind its first item's on one of the servers.
        var answer = await server.Client(0).ApplyAsync(
            Subject.Path(Namespace, Name(0)), Subject.Object(Namespace, Name(0), $"start-{time.GetTimestamp()}", size: ObjectSize), cancellationToken);
        return answer.ResourceVersion;
    }

    private async Task<int> ChangeAsync(int changesPerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var total = (int)(changesPerSecond * duration.TotalSeconds);
        var open = new List<Task>(total);
        for (var number = 0; number < total; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / changesPerSecond) - time.GetElapsedTime(start);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, time, cancellationToken);
            }

            open.Add(ChangeAsync(number, cancellationToken));
        }

        await Task.WhenAll(open);
        return total;
    }

    private async Task ChangeAsync(int number, CancellationToken cancellationToken)
    {
        var name = Name(number % Objects);
        var change = Subject.Mark + time.GetTimestamp();
        var body = Encoding.UTF8.GetBytes("""{"spec":{"template":{"data":{"change":"#"}}}}""".Replace("#", change, StringComparison.Ordinal));
        try
        {
            await server.Client(number).MergeAsync(Subject.Path(Namespace, name), body, cancellationToken);
        }
        catch (MeasurementException)
        {
            // A server that cannot keep up refuses: the change is missing in the part that is delivered.
        }
    }

    private async Task WaitAsync(long events, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (Interlocked.Read(ref _received) < events && time.GetElapsedTime(start) < Grace)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    private static string PathFrom(string version) => Subject.Path(Namespace) + $"?watch=1&resourceVersion={version}&timeoutSeconds=600";

    // As clients do: a watch that the server ends is begun anew after the last event seen.
    private async Task FollowAsync(LoadClient connection, HttpResponseMessage first, CancellationToken cancellationToken)
    {
        var reader = new EventReader(time, count => Interlocked.Add(ref _received, count));
        try
        {
            await reader.ReadAsync(first, cancellationToken);
            while (reader.LastVersion is { Length: > 0 } last && !reader.IsExpired)
            {
                Interlocked.Increment(ref _resumed);
                await reader.ReadAsync(await connection.WatchAsync(PathFrom(last), cancellationToken), cancellationToken);
            }
        }
        finally
        {
            lock (_delays)
            {
                _delays.AddRange(reader.Delays);
            }
        }
    }

    private static string Name(int number) => $"watched-{number:D3}";
}
