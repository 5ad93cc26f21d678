namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>A cluster goes on after it has lost everything.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WipeTests
{
    [Test]
    public async Task Wipe_RunningWorkloads_AreGoneAndRunAgainWhenMadeAgain()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a", Cpu = "1" }, new DevNode { Name = "b", Cpu = "1" });
        await DeployAsync(cluster);

        await cluster.Cluster.Faults.WipeAsync(CancellationToken.None);
        await cluster.EventuallyAsync("", "{.items[*].metadata.name}", "deployments,replicasets,pods,endpointslices");
        await cluster.EventuallyAsync("a=True b=True", "{range .items[*]}{.metadata.name}={.status.conditions[?(@.type==\"Ready\")].status} {end}", "nodes");
        await DeployAsync(cluster);

        await cluster.EventuallyAsync("a b", "{.items[*].metadata.name}", "leases", "-n", "kube-node-lease");
    }

    [Test]
    public async Task Wipe_FreshCluster_LeavesWhatItStartedWith()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        string[] kinds = ["namespaces,nodes,services,configmaps,serviceaccounts,clusterroles,clusterrolebindings,roles,rolebindings,storageclasses,priorityclasses,ingressclasses,apiservices,endpointslices", "-A"];
        await cluster.EventuallyAsync("kube-root-ca.crt", "{.metadata.name}", "configmap/kube-root-ca.crt");
        string before = await cluster.KubectlAsync(["get", .. kinds, "-o", "name"]);

        await cluster.Cluster.Faults.WipeAsync(CancellationToken.None);

        Assert.That(await cluster.KubectlAsync(["get", .. kinds, "-o", "name"]), Is.EqualTo(before));
    }

    // Each fills a node by more than half: what is not let go of keeps the next ones out.
    private static async Task DeployAsync(KubectlCluster cluster)
    {
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: 600m}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: 10.96.7.7, selector: {app: web}, ports: [{port: 80}]}
            """);
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
    }
}
