using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.KubeClient.Tests.Informers;
using KubeFed.TestSupport.Clusters;
using Eventually = KubeFed.TestSupport.Waiting.Eventually;

namespace KubeFed.Conformance.Clients;

/// <summary>Informers against a real API server of their own: load, crash, compaction.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class InformerOnClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private TestCluster _cluster = null!;
    private ClusterClient _connection = null!;
    private IDynamicClient _client = null!;
    private string _namespace = "";

    [OneTimeSetUp]
    public async Task CreateClusterAsync()
    {
        _cluster = await ClusterProviders.RequirePrograms("etcd is told to forget soon").CreateAsync(new TestClusterOptions
        {
            Name = "informers",
            ApiServerArguments = new EquatableArguments("--etcd-compaction-interval=3s"),
        });
        _connection = new ClusterClient(_cluster);
        _client = _connection.Connect();
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _connection.DisposeAsync();
            await _cluster.DisposeAsync();
        }
    }

    [SetUp]
    public async Task CreateNamespaceAsync()
    {
        _namespace = $"informer-{Guid.NewGuid():N}";
        await _client.CreateAsync(Samples.Namespaces, Samples.Namespace(_namespace));
    }

    [Test]
    public async Task RunAsync_ManyWritersAtOnce_EveryHandlerSeesEveryStateOnce()
    {
        const int Writers = 8, Each = 150;
        await using var running = Start();
        await running.Informer.WaitForSyncAsync().WaitAsync(Patience);
        var initial = running.Handler.Calls.Count;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(w, Each))));
        await ConvergedAsync(running);

        var calls = running.Handler.Calls.Skip(initial).Where(c => c.Split(' ')[1].StartsWith('w')).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(calls.Count(c => c.StartsWith("add ", StringComparison.Ordinal)), Is.EqualTo(Writers * Each));
            Assert.That(calls.Count(c => c.StartsWith("update ", StringComparison.Ordinal)), Is.EqualTo(Writers * Each));
            Assert.That(calls.Count(c => c.StartsWith("delete ", StringComparison.Ordinal)), Is.EqualTo(Writers * Each / 3));
        });
    }

    [Test]
    public async Task RunAsync_ApiServerKilled_ResumesWithoutLossOrRepeat()
    {
        await using var running = Start();
        await running.Informer.WaitForSyncAsync().WaitAsync(Patience);
        await WriteAsync(0, 30);
        await ConvergedAsync(running);
        await _cluster.KillAsync();
        await Eventually.True(() => running.Informer.LastError is not null, "the crash to show", Patience);
        await _cluster.StartAsync();
        await WriteAsync(1, 30);
        await ConvergedAsync(running);
        await Eventually.True(
            () => running.Informer.LastError is null, "the informer to be well again", Patience, () => $"{running.Informer.LastError}");
    }

    [Test]
    public async Task WatchAsync_VersionFromBeforeARestart_IsExpired()
    {
        await WriteAsync(0, 3);
        await _cluster.KillAsync();
        await _cluster.StartAsync();
        var refusal = await Eventually.GetAsync(
            FailureAsync, seen => seen?.IsTooManyRequests == false, "the watch to be refused", Patience, seen => $"{seen}");
        Assert.That(refusal!.IsExpired, $"{refusal.Code} {refusal.Message}");

        async Task<StatusException?> FailureAsync()
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                await foreach (var change in _client.WatchAsync(Samples.ConfigMaps, null, new WatchOptions { ResourceVersion = "1" }, limit.Token))
                {
                    Assert.Fail($"{change.Type} {change.Object} from a version that is gone");
                }

                return null;
            }
            catch (StatusException e)
            {
                return e;
            }
        }
    }

    [Test]
    public async Task ListAllAsync_CompactedOnTheWay_GoesOnWithoutRepeats()
    {
        await WriteAsync(0, 30);
        var names = new List<string>();
        var isFirst = true;
        await foreach (var item in _client.ListAllAsync(Samples.ConfigMaps, _namespace, new ListOptions { Limit = 7 }))
        {
            names.Add(item.Metadata.Name);
            if (isFirst)
            {
                isFirst = false;
                await CompactedAsync();
            }
        }

        var all = await _client.ListAsync(Samples.ConfigMaps, _namespace);
        Assert.That(names, Is.EqualTo(all.Items.Select(i => i.Metadata.Name)));
    }

    /// <summary>Waits until a list begun now can no longer be continued.</summary>
    private async Task CompactedAsync()
    {
        var page = await _client.ListAsync(Samples.ConfigMaps, _namespace, new ListOptions { Limit = 1 });
        var i = 0;
        await Eventually.True(
            async () =>
            {
                await _client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap("default", $"tick-{Guid.NewGuid():N}", $"{i++}"));
                try
                {
                    await _client.ListAsync(Samples.ConfigMaps, _namespace, new ListOptions { Limit = 1, Continue = page.Continue });
                    return false;
                }
                catch (StatusException e) when (e.IsExpired)
                {
                    return true;
                }
            },
            "etcd to be compacted",
            Patience);
    }

    private async Task WriteAsync(int writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var name = $"w{writer}-{i:0000}";
            var created = await _client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(_namespace, name, "1"));
            var tree = created.ToNode();
            tree["data"]!["key"] = "2";
            await _client.UpdateAsync(Samples.ConfigMaps, KubeObject.FromNode(tree));
            if (i % 3 == 0)
            {
                await _client.DeleteAsync(Samples.ConfigMaps, new NamespacedName(_namespace, name));
            }
        }
    }

    private Running Start()
    {
        var informer = new SharedInformer(
            _client, Samples.ConfigMaps, new InformerOptions { Namespace = _namespace, Transform = InformerTransforms.DropManagedFields });
        return new Running(informer);
    }

    private async Task ConvergedAsync(Running running)
    {
        var list = await _client.ListAsync(Samples.ConfigMaps, _namespace);
        var expected = new SortedDictionary<string, string>(list.Items.ToDictionary(i => i.Metadata.Name, RecordingHandler.Of), StringComparer.Ordinal);
        await Eventually.Passes(
            () =>
            {
                Assert.That(running.Handler.State(), Is.EqualTo(expected));
                Assert.That(running.Informer.Store.List().ToDictionary(o => o.Metadata.Name, RecordingHandler.Of), Is.EquivalentTo(expected));
                return Task.CompletedTask;
            },
            "store and handler to be as the server",
            Patience);
        Assert.That(running.Handler.Violations, Is.Empty);
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        public Running(SharedInformer informer)
        {
            Informer = informer;
            informer.AddHandler(Handler);
            _run = informer.RunAsync(_stop.Token);
        }

        public SharedInformer Informer { get; }

        public RecordingHandler Handler { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
