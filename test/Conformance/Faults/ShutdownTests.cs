using System.Collections.Concurrent;
using System.Diagnostics;
using KubeFed.Conformance.Faults.Programs;
using KubeFed.Conformance.Faults.Storms;
using KubeFed.TestSupport.Processes;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Faults;

/// <summary>A server that is asked to end under load loses no request and cuts no answer.</summary>
[TestFixture]
[NonParallelizable]
public sealed class ShutdownTests
{
    private const int Clients = 16;

    [Test]
    public async Task Terminate_UnderLoad_AnswersWhatItTookAndEndsWatchesInOrder()
    {
        await using var sandbox = new ProcessSandbox("shutdown");
        await using ApiServerProgram server = await ApiServerProgram.StartAsync(sandbox, "apiserver");
        using HttpClient client = server.NewClient();
        await Namespaces.EnsureAsync(client, Records.Namespace);
        var load = new Load(server);
        Task[] watches = [.. Enumerable.Range(0, 4).Select(i => load.WatchAsync(http2: i % 2 == 0))];
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(i => load.CreateAsync(i, http2: i % 2 == 0))];
        await Eventually.True(() => load.Answered.Count >= 300, "writes go on");

        var clock = Stopwatch.StartNew();
        int code = await server.Process.StopAsync(TimeSpan.FromSeconds(30));
        TimeSpan took = clock.Elapsed;
        await Task.WhenAll([.. clients, .. watches]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(code, Is.Zero, server.Process.TailLog());
        Assert.That(load.CutWatches, Is.Empty, "watches end in order");
        await server.RestartAsync();
        string list = await client.GetStringAsync(new Uri(Records.Collection, UriKind.Relative));
        await TestContext.Out.WriteLineAsync($"{load.Answered.Count} answered, {load.Refused} refused, {load.Unanswered.Count} unanswered, ended in {took.TotalSeconds:0.0} s");
        await TestContext.Out.WriteLineAsync(string.Join('\n', load.Unanswered.Values.Select(why => why.Split('\n')[0]).CountBy(why => why).Select(pair => $"{pair.Value} x {pair.Key}")));
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(15)), "nothing waits for idle connections");
        Assert.That(load.Answered.Where(name => !list.Contains($"\"{name}\"", StringComparison.Ordinal)), Is.Empty, "acknowledged, but gone");
        Assert.That(load.Unanswered.Where(pair => list.Contains($"\"{pair.Key}\"", StringComparison.Ordinal)), Is.Empty, "done, but not answered");
        Assert.That(load.Cut, Is.Empty, "answers that were cut");
    }

    private sealed class Load(ApiServerProgram server)
    {
        public ConcurrentQueue<string> Answered { get; } = new();

        public ConcurrentDictionary<string, string> Unanswered { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Cut { get; } = new();

        public ConcurrentQueue<string> CutWatches { get; } = new();

        public int Refused => _refused;

        private int _refused;

        public async Task CreateAsync(int number, bool http2)
        {
            using HttpClient client = server.NewClient(http2);
            for (int i = 0; ; i++)
            {
                string name = $"s{number}-{i}";
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Records.Collection, UriKind.Relative)) { Content = Records.Content(Records.Json(name, "t", null)) };
                    using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    if ((int)answer.StatusCode != 201)
                    {
                        Unanswered[name] = $"{(int)answer.StatusCode}";
                        return;
                    }

                    Answered.Enqueue(name);
                    await ReadWholeAsync(name, answer);
                }
                catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
                {
                    Interlocked.Increment(ref _refused);
                    return;
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
                {
                    Unanswered[name] = $"{e}";
                    return;
                }
            }
        }

        public async Task WatchAsync(bool http2)
        {
            using HttpClient client = server.NewClient(http2, TimeSpan.FromMinutes(5));
            try
            {
                using HttpResponseMessage answer =
                    await client.GetAsync(new Uri($"{Records.Collection}?watch=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
                await using Stream stream = await answer.Content.ReadAsStreamAsync();
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync() is { } line)
                {
                    System.Text.Json.JsonDocument.Parse(line).Dispose();
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException)
            {
                CutWatches.Enqueue($"{(http2 ? "HTTP/2" : "HTTP/1.1")}: {e}");
            }
        }

        private async Task ReadWholeAsync(string name, HttpResponseMessage answer)
        {
            try
            {
                await answer.Content.ReadAsByteArrayAsync();
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                Cut.Enqueue($"{name}: {e.Message}");
            }
        }
    }
}
