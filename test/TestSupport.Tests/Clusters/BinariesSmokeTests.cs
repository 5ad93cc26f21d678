using System.Diagnostics;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.Clusters.Binaries;

namespace KubeFed.TestSupport.Tests.Clusters;

/// <summary>Real clusters come up and leave nothing behind; what they have in common with others is in test/Conformance.</summary>
[TestFixture]
[Category("clusters")]
public sealed class BinariesSmokeTests
{
    private ClusterSet _clusters = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (ClusterProviders.Require() is not BinariesClusterProvider)
        {
            Assert.Ignore("about the provider 'binaries' only");
        }

        var watch = Stopwatch.StartNew();
        _clusters = await ClusterSet.CreateAsync(new ClusterSetOptions { Members = 1, HostControllerManager = true });
        await TestContext.Progress.WriteLineAsync($"host and member up after {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [OneTimeTearDown]
    public async Task StopAsync_LeavesNothing()
    {
        if (_clusters is null)
        {
            return;
        }

        var folders = _clusters.All.Select(cluster => Path.GetDirectoryName(cluster.KubeconfigPath)!).ToArray();
        Assert.That(folders.SelectMany(ProcessesNaming), Is.Not.Empty);

        await _clusters.DisposeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(folders.Where(Directory.Exists), Is.Empty);
            Assert.That(folders.SelectMany(ProcessesNaming), Is.Empty);
        });
    }

    [Test]
    public async Task ClusterSet_HostAndMember_Serve()
    {
        foreach (var cluster in _clusters.All)
        {
            var namespaces = await cluster.KubectlAsync("get", "namespaces", "-o", "name");
            Assert.That(namespaces.EnsureSuccess().Output, Does.Contain("namespace/default"));
            await AssertTokensAndAggregationAsync(cluster);
        }
    }

    [Test]
    public async Task ControllerManager_On_MakesTokensAndFinishesNamespaces()
    {
        var cluster = _clusters.Host;
        (await cluster.KubectlAsync("create", "namespace", "short-lived")).EnsureSuccess();
        (await cluster.KubectlAsync("delete", "namespace", "short-lived", "--timeout=30s")).EnsureSuccess();
        var secrets = await cluster.KubectlAsync("get", "secrets", "-n", "default", "-o", "jsonpath={.items[*].type}");
        Assert.That(secrets.Output, Does.Contain("kubernetes.io/service-account-token"));
    }

    // What joining and the aggregation layer stand on, neither of which needs the controller manager.
    private static async Task AssertTokensAndAggregationAsync(TestCluster cluster)
    {
        (await cluster.KubectlAsync("create", "serviceaccount", "robot", "-n", "default")).EnsureSuccess();
        var token = await cluster.KubectlAsync("create", "token", "robot", "-n", "default");
        Assert.That(token.EnsureSuccess().Output.Split('.'), Has.Length.EqualTo(3));

        var frontProxy = await cluster.KubectlAsync(
            "get", "configmap", "extension-apiserver-authentication", "-n", "kube-system", "-o", "jsonpath={.data.requestheader-allowed-names}");
        Assert.That(frontProxy.EnsureSuccess().Output, Does.Contain("front-proxy-client"));
    }

    private static IEnumerable<string> ProcessesNaming(string folder) =>
        Directory.EnumerateFiles("/proc", "cmdline", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
        .Select(ReadOrEmpty)
        .Where(commandLine => commandLine.Contains(folder, StringComparison.Ordinal));

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
