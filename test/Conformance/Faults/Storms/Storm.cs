using System.Collections.Concurrent;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.Conformance.Faults.Histories;
using KubeFed.Conformance.Faults.Programs;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Faults.Storms;

/// <summary>Clients and watchers of some servers that are one store, and the history of what they do.</summary>
internal sealed class Storm : IAsyncDisposable
{
    private const int Clients = 8;
    private const int Watchers = 4;
    private readonly CancellationTokenSource _clientsStop = new();
    private readonly CancellationTokenSource _watchersStop = new();
    private readonly ConcurrentDictionary<string, long> _lastSeen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _ends = new();
    private readonly List<StormClient> _clients = [];
    private readonly List<StormWatcher> _watchers = [];
    private Task _clientsRun = Task.CompletedTask;
    private Task _watchersRun = Task.CompletedTask;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _acknowledged;

    private Storm(IReadOnlyList<ApiServerProgram> servers) => Servers = servers;

    public IReadOnlyList<ApiServerProgram> Servers { get; }

    public History History { get; } = new();

    /// <summary>How many writes and deletes were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Lets the clients and watchers loose.</summary>
    public static async Task<Storm> StartAsync(IReadOnlyList<ApiServerProgram> servers, int seed)
    {
        var storm = new Storm(servers);
        using HttpClient client = servers[0].NewClient();
        await Namespaces.EnsureAsync(client, Records.Namespace);
        storm.History.Start = await ReadRevisionAsync(client);
        storm._clients.AddRange(Enumerable.Range(0, Clients).Select(number => new StormClient(storm, number, (seed * 1000) + number)));
        storm._watchers.AddRange(Enumerable.Range(0, Watchers).Select(number => new StormWatcher(storm, $"watcher {number}", (seed * 1000) + 500 + number)));
        storm._clientsRun = Task.WhenAll(storm._clients.Select(each => Task.Run(() => each.RunAsync(storm._clientsStop.Token))));
        storm._watchersRun = Task.WhenAll(storm._watchers.Select(each => Task.Run(() => each.RunAsync(storm._watchersStop.Token))));
        return storm;
    }

    /// <summary>Waits until so many more writes are acknowledged.</summary>
    public Task MoreAsync(int writes)
    {
        int wanted = Acknowledged + writes;
        return Eventually.True(
            () => Acknowledged >= wanted || Fault() is not null,
            $"{writes} more writes",
            TimeSpan.FromSeconds(60),
            () => $"{Acknowledged} of {wanted}, {Fault()}\n{string.Join('\n', Servers.Select(server => server.Process.TailLog(10)))}");
    }

    /// <summary>Stops the clients, waits until every watcher has seen all, and stops the watchers.</summary>
    public async Task StopAsync()
    {
        await _clientsStop.CancelAsync();
        await _clientsRun;
        using HttpClient client = Servers[0].NewClient();
        long last = await LastWriteAsync(client);
        await Eventually.True(() => _watchers.TrueForAll(watcher => watcher.Position >= last), $"watchers have seen {last}", null, () => string.Join(", ", _watchers.Select(watcher => watcher.Position)));
        await _watchersStop.CancelAsync();
        await _watchersRun;
    }

    /// <summary>Reads what really happened from the storage itself.</summary>
    public async Task ReadChangesAsync(IStorage storage)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        long last = await storage.ReadRevisionAsync(limit.Token);
        var changes = new List<Change>();
        if (last > History.Start)
        {
            await foreach (StorageEventBatch batch in storage.WatchAsync("/", History.Start, limit.Token).WithCancellation(limit.Token))
            {
                changes.AddRange(batch.Events.Where(change => change.Key.Contains(Records.KeyPart, StringComparison.Ordinal)).Select(ToChange));
                if (batch.Revision >= last)
                {
                    break;
                }
            }
        }

        History.Changes = changes;
    }

    public void Note(Operation operation)
    {
        History.Operations.Enqueue(operation);
        if (operation.Outcome != Outcome.Ok)
        {
            return;
        }

        if (operation.IsWrite || operation.Kind == OperationKind.Delete)
        {
            Interlocked.Increment(ref _acknowledged);
        }

        if (operation is { Revision: > 0, Key.Length: > 0 })
        {
            _lastSeen[operation.Key] = operation.Revision;
        }
    }

    /// <summary>A server that serves, as a balancer would choose it; waits until one does, or the storm ends.</summary>
    public async Task<ApiServerProgram> ChooseAsync(Random random)
    {
        await Task.WhenAny([.. Servers.Select(server => server.Up), _stopped.Task]);
        ApiServerProgram[] up = [.. Servers.Where(server => server.Up.IsCompleted)];
        return up.Length > 0 ? up[random.Next(up.Length)] : Servers[0];
    }

    /// <summary>Counts the ends of watches by their code.</summary>
    public void NoteEnd(int code) => _ends.AddOrUpdate(code, 1, static (_, count) => count + 1);

    public long? LastSeen(string key) => _lastSeen.TryGetValue(key, out long revision) ? revision : null;

    /// <summary>What happened, in a few words.</summary>
    public string Summary()
    {
        ILookup<Outcome, Operation> outcomes = History.Operations.ToLookup(operation => operation.Outcome);
        string codes = string.Join(", ", History.Operations.GroupBy(operation => operation.Code).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Count()}"));
        return $"{History.Operations.Count} operations ({outcomes[Outcome.Ok].Count()} done, {outcomes[Outcome.Failed].Count()} refused, {outcomes[Outcome.Unknown].Count()} unknown; {codes}), "
            + $"{History.Changes.Count} changes, {_watchers.Sum(watcher => watcher.Resumes)} watches, {_watchers.Sum(watcher => watcher.Lists)} lists, "
            + $"{History.Segments.Sum(segment => segment.Entries.Count)} events; ends: {string.Join(", ", _ends.Select(end => $"{end.Key}: {end.Value}"))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _clientsStop.CancelAsync();
        await _watchersStop.CancelAsync();
        _stopped.TrySetResult();
        await Task.WhenAll(_clientsRun, _watchersRun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _clients.ForEach(client => client.Dispose());
        _watchers.ForEach(watcher => watcher.Dispose());
        _clientsStop.Dispose();
        _watchersStop.Dispose();
    }

    private static Change ToChange(StorageEvent change)
    {
        string name = change.Key[(change.Key.LastIndexOf('/') + 1)..];
        if (change.Value is not { } value)
        {
            return new Change(change.Revision, name, null);
        }

        using var document = System.Text.Json.JsonDocument.Parse(value.Value);
        return new Change(change.Revision, name, Records.Read(document.RootElement).Token);
    }

    private string? Fault() => _clientsRun.Exception?.ToString() ?? _watchersRun.Exception?.ToString();

    private async Task<long> LastWriteAsync(HttpClient client)
    {
        // The last object of all, written when nobody else writes, so that every watcher has something to reach.
        string token = "last";
        long invoked = History.Now;
        using HttpResponseMessage answer = await client.PostAsync(new Uri(Records.Collection, UriKind.Relative), Records.Content(Records.Json("last", token, null)));
        answer.EnsureSuccessStatusCode();
        using var document = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        long revision = Records.Read(document.RootElement).Revision;
        Note(new Operation { Kind = OperationKind.Create, Key = "last", Token = token, Revision = revision, Invoked = invoked, Returned = History.Now, Outcome = Outcome.Ok, Code = 201 });
        return revision;
    }

    private static async Task<long> ReadRevisionAsync(HttpClient client)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(Records.Collection, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        using var document = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return Records.Read(document.RootElement).Revision;
    }
}
