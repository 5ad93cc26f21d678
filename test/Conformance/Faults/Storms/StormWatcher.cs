using System.Text;
using System.Text.Json;
using KubeFed.Conformance.Faults.Histories;
using KubeFed.Conformance.Faults.Programs;

namespace KubeFed.Conformance.Faults.Storms;

/// <summary>Lists, watches from there, resumes where it was when the connection is lost, and lists anew when it is told that it is too late.</summary>
internal sealed class StormWatcher(Storm storm, string name, int seed) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Random _random = new(seed);
    private readonly Dictionary<ApiServerProgram, HttpClient> _clients = storm.Servers.ToDictionary(server => server, server => server.NewClient(http2: seed % 2 == 0));
    private WatchSegment? _segment;
    private long _position;

    /// <summary>How often it had to list.</summary>
    public int Lists { get; private set; }

    /// <summary>How often it resumed.</summary>
    public int Resumes { get; private set; }

    /// <summary>The last revision it has seen.</summary>
    public long Position => Volatile.Read(ref _position);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ApiServerProgram server = await storm.ChooseAsync(_random);
            try
            {
                await (_segment is null ? ListAsync(_clients[server], cancellationToken) : WatchAsync(_clients[server], cancellationToken));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public void Dispose()
    {
        foreach (HttpClient client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private async Task ListAsync(HttpClient client, CancellationToken cancellationToken)
    {
        long invoked = History.Now;
        using HttpResponseMessage answer = await client.GetAsync(new Uri(Records.Collection, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        using JsonDocument list = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        Operation operation = new()
        {
            Kind = OperationKind.List,
            Invoked = invoked,
            Returned = History.Now,
            Outcome = Outcome.Ok,
            Revision = Records.Read(list.RootElement).Revision,
            Listed = list.RootElement.GetProperty("items").EnumerateArray().Select(Records.Read).ToDictionary(item => item.Name, item => (item.Revision, item.Token!), StringComparer.Ordinal),
        };
        storm.Note(operation);
        _segment = new WatchSegment(name, operation.Revision);
        storm.History.Segments.Enqueue(_segment);
        Volatile.Write(ref _position, operation.Revision);
        Lists++;
    }

    private async Task WatchAsync(HttpClient client, CancellationToken cancellationToken)
    {
        Resumes++;
        string url = $"{Records.Collection}?watch=1&allowWatchBookmarks=true&resourceVersion={_position}&timeoutSeconds={_random.Next(3, 30)}";
        using HttpResponseMessage answer = await client.GetAsync(new Uri(url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using Stream stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            // A line that was cut by the end of the server is none; the JSON of the others is whole.
            if (!TryTake(line))
            {
                return;
            }
        }
    }

    private bool TryTake(string line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            string type = document.RootElement.GetProperty("type").GetString()!;
            JsonElement item = document.RootElement.GetProperty("object");
            if (type == "ERROR")
            {
                storm.NoteEnd(item.GetProperty("code").GetInt32());
                _segment = item.GetProperty("code").GetInt32() == 410 ? null : _segment;
                return false;
            }

            var (key, revision, token) = Records.Read(item);
            _segment!.Entries.Add(new WatchEntry(History.Now, type, key, revision, token));
            Volatile.Write(ref _position, revision);
            return true;
        }
    }
}
