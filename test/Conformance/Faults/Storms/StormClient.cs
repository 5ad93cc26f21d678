using System.Text.Json;
using KubeFed.Conformance.Faults.Histories;
using KubeFed.Conformance.Faults.Programs;

namespace KubeFed.Conformance.Faults.Storms;

/// <summary>Does one operation after the other, chosen by a seeded generator, and writes down what came of it.</summary>
internal sealed class StormClient(Storm storm, int number, int seed) : IDisposable
{
    private const int Names = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Random _random = new(seed);
    private readonly Dictionary<ApiServerProgram, HttpClient> _clients = storm.Servers.ToDictionary(server => server, server => server.NewClient(http2: number % 2 == 0));
    private int _writes;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ApiServerProgram server = await storm.ChooseAsync(_random);
            Operation operation = await RunAsync(Choose(), _clients[server]);
            storm.Note(operation);
            if (operation is { Outcome: Outcome.Unknown } or { Code: >= 500 })
            {
                // As a client does that is told to come back later, or loses its connection.
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

    private Operation Choose()
    {
        string key = $"n{_random.Next(Names)}";
        long? known = storm.LastSeen(key);
        return _random.Next(100) switch
        {
            < 22 => Write(OperationKind.Create, key, null),
            < 42 when known is not null => Write(OperationKind.Update, key, known),
            < 44 => Write(OperationKind.Update, key, null),
            < 60 => Write(OperationKind.Patch, key, null),
            < 67 when known is not null => Write(OperationKind.Patch, key, known),
            < 76 => Make(OperationKind.Delete, key),
            < 80 when known is not null => Make(OperationKind.Delete, key) with { Expected = known },
            < 91 => Make(OperationKind.Get, key),
            < 95 => Make(OperationKind.Get, key) with { Linearizable = false },
            _ => Make(OperationKind.List, string.Empty),
        };
    }

    private Operation Write(OperationKind kind, string key, long? expected) => Make(kind, key) with { Token = $"c{number}-{_writes++}", Expected = expected };

    private static Operation Make(OperationKind kind, string key) => new() { Kind = kind, Key = key, Invoked = History.Now, Returned = 0, Outcome = Outcome.Unknown };

    private static async Task<Operation> RunAsync(Operation operation, HttpClient client)
    {
        try
        {
            using HttpRequestMessage request = Request(operation);
            using HttpResponseMessage answer = await client.SendAsync(request);
            byte[] body = await answer.Content.ReadAsByteArrayAsync();
            Operation ended = operation with { Returned = History.Now, Code = (int)answer.StatusCode };
            return answer.IsSuccessStatusCode ? Read(ended with { Outcome = Outcome.Ok }, body)
                : (int)answer.StatusCode < 500 ? ended with { Outcome = Outcome.Failed }
                : ended;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return operation with { Returned = History.Now };
        }
    }

    private static HttpRequestMessage Request(Operation operation)
    {
        string item = $"{Records.Collection}/{operation.Key}";
        return operation.Kind switch
        {
            OperationKind.Create => New(HttpMethod.Post, Records.Collection, Records.Content(Records.Json(operation.Key, operation.Token!, null))),
            OperationKind.Update => New(HttpMethod.Put, item, Records.Content(Records.Json(operation.Key, operation.Token!, operation.Expected))),
            OperationKind.Patch => New(HttpMethod.Patch, item, Records.Content(Records.Patch(operation.Token!, operation.Expected), "application/merge-patch+json")),
            OperationKind.Delete => New(HttpMethod.Delete, item, operation.Expected is { } expected ? Records.Content(Records.Preconditions(expected)) : null),
            OperationKind.Get => New(HttpMethod.Get, operation.Linearizable ? item : item + "?resourceVersion=0", null),
            _ => New(HttpMethod.Get, Records.Collection, null),
        };

        HttpRequestMessage New(HttpMethod method, string path, HttpContent? content) => new(method, new Uri(path, UriKind.Relative)) { Content = content };
    }

    private static Operation Read(Operation operation, byte[] body)
    {
        if (operation.Kind == OperationKind.Delete)
        {
            return operation;
        }

        using JsonDocument document = JsonDocument.Parse(body);
        var (_, revision, token) = Records.Read(document.RootElement);
        return operation.Kind != OperationKind.List
            ? operation with { Revision = revision, Seen = token }
            : operation with
            {
                Revision = revision,
                Listed = document.RootElement.GetProperty("items").EnumerateArray().Select(Records.Read).ToDictionary(item => item.Name, item => (item.Revision, item.Token!), StringComparer.Ordinal),
            };
    }
}
