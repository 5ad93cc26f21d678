using KubeFed.DevClusters.Tests.Controllers;

namespace KubeFed.DevClusters.Tests.Quotas;

[Parallelizable(ParallelScope.All)]
internal sealed class QuotaTests
{
    [Test]
    public async Task Pods_MoreThanTheQuota_AreRefusedUntilOneIsGone()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("create", "quota", "few", "--hard=pods=1");
        await cluster.EventuallyAsync("0/1", "{.status.used.pods}/{.status.hard.pods}", "quota/few");
        await cluster.KubectlAsync("run", "one", "--image=nginx");
        await cluster.EventuallyAsync("1", "{.status.used.pods}", "quota/few");

        var refused = await cluster.TryKubectlAsync("run", "two", "--image=nginx");

        Assert.That(refused.Error, Does.Contain("pods \"two\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1"));
        await cluster.KubectlAsync("delete", "pod", "one", "--timeout=90s");
        await cluster.EventuallyAsync("0", "{.status.used.pods}", "quota/few");
        await cluster.KubectlAsync("run", "two", "--image=nginx");
    }

    [Test]
    public async Task Deployment_LargerThanTheQuota_HasAsManyPodsAsFit()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("create", "quota", "few", "--hard=pods=3");

        await cluster.KubectlAsync("create", "deployment", "web", "--image=nginx", "--replicas=20");

        await cluster.EventuallyAsync("3", "{.status.readyReplicas}", "deployment/web");
        await cluster.EventuallyAsync("FailedCreate", "{.items[*].status.conditions[?(@.type==\"ReplicaFailure\")].reason}", "replicasets");
        Assert.That((await cluster.KubectlAsync("get", "pods", "-o", "name")).Split('\n'), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Pod_ThatDoesNotSayWhatAQuotaMustKnow_IsRefused()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("create", "quota", "small", "--hard=requests.cpu=1,limits.memory=1Gi");

        var refused = await cluster.TryKubectlAsync("run", "one", "--image=nginx");

        Assert.That(refused.Error, Does.Contain("failed quota: small: must specify limits.memory for: one; requests.cpu for: one"));
    }
}
