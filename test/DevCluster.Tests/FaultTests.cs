using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.DevClusters.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FaultTests
{
    private static readonly GroupVersionResource ConfigMaps = new(string.Empty, "v1", "configmaps");
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _bound = new(Bound);
    private DevCluster _cluster = null!;
    private IDynamicClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = await DevCluster.StartAsync(new DevClusterOptions(), _bound.Token);
        _client = _cluster.CreateClient();
        await _client.CreateAsync(ConfigMaps, ConfigMap("mine"), cancellationToken: _bound.Token);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _cluster.DisposeAsync();
        _bound.Dispose();
    }

    [Test]
    public async Task StopAsync_ThenHeal_KeepsAddressAndObjects()
    {
        var address = _cluster.Address;

        await _cluster.Faults.StopAsync(_bound.Token);
        await Assert.ThatAsync(() => GetAsync("mine", _bound.Token), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<StatusException>());
        await _cluster.Faults.HealAsync(_bound.Token);

        Assert.That(_cluster.Address, Is.EqualTo(address));
        Assert.That((await GetAsync("mine", _bound.Token)).Metadata.Name, Is.EqualTo("mine"));
    }

    [Test]
    public async Task Stall_ThenHeal_AnswersWhatWasAsked()
    {
        _cluster.Faults.Stall();
        var asked = GetAsync("mine", _bound.Token);
        Assert.That(asked.IsCompleted, Is.False);

        await _cluster.Faults.HealAsync(_bound.Token);

        Assert.That((await asked).Metadata.Name, Is.EqualTo("mine"));
    }

    [Test]
    public async Task Cut_Watch_Ends()
    {
        var list = await _client.ListAsync(ConfigMaps, "default", cancellationToken: _bound.Token);
        var ended = EndAsync(_client.WatchAsync(ConfigMaps, "default", new WatchOptions { ResourceVersion = list.ResourceVersion }, _bound.Token));
        await _client.CreateAsync(ConfigMaps, ConfigMap("second"), cancellationToken: _bound.Token);

        Assert.That(_cluster.Faults.Cut(), Is.GreaterThan(0));

        await ended.WaitAsync(_bound.Token);
        Assert.That((await GetAsync("second", _bound.Token)).Metadata.Name, Is.EqualTo("second"));
    }

    [Test]
    public async Task WipeAsync_ObjectsOfUsers_AreGoneAndTheSystemsStay()
    {
        await _client.CreateAsync(ConfigMaps, ConfigMap("held", finalizer: "example.dev/held"), cancellationToken: _bound.Token);

        int gone = await _cluster.Faults.WipeAsync(_bound.Token);

        Assert.That(gone, Is.GreaterThanOrEqualTo(2));
        await Assert.ThatAsync(() => GetAsync("held", _bound.Token), Throws.InstanceOf<StatusException>().With.Property("IsNotFound").True);
        var namespaces = await _client.ListAsync(new GroupVersionResource(string.Empty, "v1", "namespaces"), null, cancellationToken: _bound.Token);
        Assert.That(namespaces.Items.Select(static item => item.Metadata.Name), Is.SupersetOf(new[] { "default", "kube-system" }));
    }

    private static KubeObject ConfigMap(string name, string? finalizer = null) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = "default",
            ["finalizers"] = finalizer is null ? [] : new JsonArray(finalizer),
        },
    });

    private static async Task EndAsync(IAsyncEnumerable<WatchEvent> events)
    {
        try
        {
            await foreach (var _ in events)
            {
                // Until it ends.
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            await TestContext.Out.WriteLineAsync(e.Message);
        }
    }

    private Task<KubeObject> GetAsync(string name, CancellationToken cancellationToken) =>
        _client.GetAsync(ConfigMaps, new NamespacedName("default", name), cancellationToken: cancellationToken);
}
