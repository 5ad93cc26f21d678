using KubeFed.TestSupport.Clusters;

namespace KubeFed.Conformance.Clusters;

/// <summary>What is particular to the clusters inside of the test process.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EmbeddedProviderTests
{
    [Test]
    public async Task Create_ArgumentsOfKubeApiServer_AreRefused()
    {
        var options = new TestClusterOptions { ApiServerArguments = new EquatableArguments("--v=2") };

        var error = await Assert.ThrowsAsync<ClusterException>(() => ClusterProviders.Require("embedded").CreateAsync(options));

        Assert.That(error!.Message, Does.Contain("embedded").And.Contain("--v=2"));
    }

    [Test]
    public async Task Create_SeveralAtOnce_EachIsACluster()
    {
        await using var set = await ClusterSet.CreateAsync(ClusterProviders.Require("embedded"), new ClusterSetOptions { Members = 2 });
        (await set.Members[0].KubectlAsync("create", "namespace", "mine")).EnsureSuccess();

        Assert.That(set.All.Select(static cluster => cluster.Name), Is.EqualTo(new[] { "host", "member1", "member2" }));
        Assert.That((await set.Members[1].KubectlAsync("get", "namespaces", "-o", "name")).EnsureSuccess().Output, Does.Not.Contain("mine"));
        Assert.That(set.All.Select(static cluster => cluster.EtcdEndpoint), Is.All.Null);
    }
}
