using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Time;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.KubeClient.Tests.Informers;

/// <summary>Whatever the server and the network do, the store converges and every handler hears a legal sequence.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SharedInformerModelTests
{
    private const int Steps = 400;
    private const int Names = 12;

    [Test]
    public async Task RunAsync_RandomFaults_ConvergesWithLegalSequences([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var faults = new Random(seed * 7919);
        var api = new FakeApi { OnRequest = _ => Fault(faults), OnPiece = piece => Roll(faults) < 12 ? Roll(faults) * piece.Length / 100 : null };
        var time = new FakeTimeProvider();
        var informer = new SharedInformer(
            new DynamicClient(api, new DynamicClientOptions { Seed = seed }, time),
            FakeApi.Resource,
            new InformerOptions
            {
                PageSize = 3,
                Indexes = new Dictionary<string, Func<KubeObject, IEnumerable<string>>> { ["parity"] = o => [o.Metadata.Labels["parity"]] },
            },
            new InformerEnvironment { Time = time, Seed = seed });
        List<RecordingHandler> handlers = [new()];
        informer.AddHandler(handlers[0]);
        using var stop = new CancellationTokenSource();
        var run = informer.RunAsync(stop.Token);

        for (var step = 0; step < Steps; step++)
        {
            Mutate(api, random);
            if (step % 100 == 50)
            {
                handlers.Add(new RecordingHandler());
                informer.AddHandler(handlers[^1]);
            }

            time.Advance(TimeSpan.FromMilliseconds(random.Next(2000)));
            await Task.Yield();
        }

        api.OnRequest = null;
        api.OnPiece = null;
        await ConvergedAsync(api, time, informer, handlers);
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(handlers.SelectMany(h => h.Violations), Is.Empty);
    }

    private static Task ConvergedAsync(FakeApi api, FakeTimeProvider time, SharedInformer informer, List<RecordingHandler> handlers) =>
        Eventually.Passes(
            () =>
            {
                // Long steps, as a watch that was cut off in silence is noticed only when its time is up.
                time.Advance(TimeSpan.FromSeconds(30));
                var expected = api.State();
                Assert.That(Of(informer.Store.List()), Is.EqualTo(expected));
                Assert.That(Of([.. informer.Store.ByIndex("parity", "even"), .. informer.Store.ByIndex("parity", "odd")]), Is.EqualTo(expected));
                foreach (var handler in handlers)
                {
                    Assert.That(handler.State(), Is.EqualTo(expected));
                }

                return Task.CompletedTask;
            },
            "store and handlers to be as the server");

    private static SortedDictionary<string, string> Of(IEnumerable<KubeObject> objects) =>
        new(objects.ToDictionary(o => o.Metadata.Name, RecordingHandler.Of), StringComparer.Ordinal);

    private static void Mutate(FakeApi api, Random random)
    {
        var name = $"o{random.Next(Names)}";
        switch (random.Next(20))
        {
            case < 11:
                api.Put(name);
                break;
            case < 15:
                api.Delete(name);
                break;
            case < 17:
                api.Bookmark();
                break;
            case 17:
                api.Compact();
                break;
            case 18:
                api.EndWatches();
                break;
            default:
                api.EndWatches(new IOException("made to break"));
                break;
        }
    }

    private static HttpResponseMessage? Fault(Random random) => Roll(random) switch
    {
        < 8 => throw new HttpRequestException("connection refused"),
        < 14 => FakeApi.Fail(500, StatusReason.InternalError),
        < 18 => FakeApi.Fail(429, StatusReason.TooManyRequests),
        < 20 => FakeApi.Fail(410, StatusReason.Expired),
        < 22 => FakeApi.Fail(403, StatusReason.Forbidden),
        < 24 => new HttpResponseMessage { Content = new StringContent("<html>a proxy's page</html>") },
        _ => null,
    };

    private static int Roll(Random random)
    {
        lock (random)
        {
            return random.Next(100);
        }
    }
}
