using System.Net;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Waiting;

namespace KubeFed.Conformance.Clusters;

/// <summary>What every provider's clusters do, so that tests can rely on it whichever is selected.</summary>
[TestFixture("embedded")]
[TestFixture("binaries")]
[Parallelizable(ParallelScope.Self)]
public sealed class ClusterContractTests(string provider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Uri Ready = new("readyz", UriKind.Relative);

    private TestCluster _cluster = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task CreateClusterAsync()
    {
        _cluster = await ClusterProviders.Require(provider).CreateAsync(new TestClusterOptions { Name = "contract" });
        _client = _cluster.CreateHttpClient();
        (await _cluster.KubectlAsync("create", "namespace", "kept")).EnsureSuccess();
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            _client.Dispose();
            await _cluster.DisposeAsync();
            Assert.That(_cluster.KubeconfigPath, Does.Not.Exist);
        }
    }

    [Test]
    public async Task Kubectl_CurrentContext_IsTheClusterAndItsAdministrator()
    {
        Assert.That((await _cluster.KubectlAsync("config", "current-context")).EnsureSuccess().Output.Trim(), Is.EqualTo("contract"));
        Assert.That((await _cluster.KubectlAsync("auth", "can-i", "*", "*")).EnsureSuccess().Output.Trim(), Is.EqualTo("yes"));
        Assert.That((await _cluster.KubectlAsync("get", "namespaces", "-o", "name")).EnsureSuccess().Output, Does.Contain("namespace/default"));
    }

    [Test]
    public async Task KillAndStop_ThenStart_AddressAndDataStay()
    {
        var server = _cluster.Server;
        await _cluster.KillAsync();
        await Assert.ThatAsync(() => _client.GetAsync(Ready), Throws.InstanceOf<HttpRequestException>());
        await _cluster.StartAsync();
        await ServesItsDataAsync();

        await _cluster.StopAsync();
        await Assert.ThatAsync(() => _client.GetAsync(Ready), Throws.InstanceOf<HttpRequestException>());
        await _cluster.StartAsync();
        await ServesItsDataAsync();
        Assert.That(_cluster.Server, Is.EqualTo(server));
    }

    [Test]
    public async Task Pause_ThenResume_NothingAnswersInBetween()
    {
        using var hasty = _cluster.CreateHttpClient();
        hasty.Timeout = TimeSpan.FromSeconds(1);
        await _cluster.PauseAsync();
        try
        {
            await Assert.ThatAsync(() => hasty.GetAsync(Ready), Throws.InstanceOf<TaskCanceledException>());
        }
        finally
        {
            await _cluster.ResumeAsync();
        }

        await ServesItsDataAsync();
    }

    [Test]
    public async Task WriteLogs_AnyTime_NamesTheCluster()
    {
        await using var writer = new StringWriter();
        await _cluster.WriteLogsAsync(writer);
        Assert.That(writer.ToString(), Does.StartWith("--- contract: "));
    }

    // The first request may still meet a connection that broke.
    private Task ServesItsDataAsync() => Eventually.Equal(
        HttpStatusCode.OK,
        async () =>
        {
            using var response = await _client.GetAsync(new Uri("api/v1/namespaces/kept", UriKind.Relative));
            return response.StatusCode;
        },
        "the cluster to serve what it had",
        Patience);
}
