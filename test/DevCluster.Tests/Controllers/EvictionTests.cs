namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>Pods go only as budgets allow.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EvictionTests
{
    [Test]
    public async Task Drain_BudgetOfOne_NeverTakesMoreThanItAllows()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a" }, new DevNode { Name = "b" });
        await cluster.EventuallyAsync("a b", "{.items[*].metadata.name}", "nodes");
        await cluster.KubectlAsync("cordon", "b");
        await cluster.KubectlAsync("create", "deployment", "web", "--image=nginx", "--replicas=3");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        await cluster.KubectlAsync("create", "pdb", "web", "--selector=app=web", "--min-available=2");
        await cluster.EventuallyAsync("3/1", "{.status.currentHealthy}/{.status.disruptionsAllowed}", "pdb/web");

        var drained = await cluster.TryKubectlAsync("drain", "a", "--timeout=2s");

        Assert.That(drained.ExitCode, Is.Not.Zero, drained.Output);
        Assert.That(drained.Error, Does.Contain("Cannot evict pod as it would violate the pod's disruption budget."));
        await cluster.EventuallyAsync("2/0", "{.status.currentHealthy}/{.status.disruptionsAllowed}", "pdb/web");
        await cluster.KubectlAsync("uncordon", "b");
        await cluster.KubectlAsync("drain", "a", "--timeout=60s");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        await cluster.EventuallyAsync("b b b", "{.items[*].spec.nodeName}", "pods");
    }
}
