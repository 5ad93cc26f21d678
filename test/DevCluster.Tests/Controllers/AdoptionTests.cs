namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>Who owns what follows from labels.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AdoptionTests
{
    private const string Owners = "{.items[*].metadata.ownerReferences[*].name}";

    [Test]
    public async Task Pod_ThatIsRelabelled_IsReleasedAndReplaced()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("create", "deployment", "web", "--image=nginx", "--replicas=2");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        string pod = await cluster.KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[0].metadata.name}");

        await cluster.KubectlAsync("label", "pod", pod, "app=mine", "--overwrite");

        await cluster.EventuallyAsync("", Owners, "pods", "-l", "app=mine");
        await cluster.EventuallyAsync("Running Running", "{.items[*].status.phase}", "pods", "-l", "app=web");
        await cluster.EventuallyAsync("2", "{.status.readyReplicas}", "deployment/web");
        await cluster.EventuallyAsync("Running", "{.status.phase}", "pod", pod);
    }

    [Test]
    public async Task Pod_ThatNobodyControls_IsAdopted()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("run", "mine", "--image=nginx", "--labels=app=web");
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: nginx}]}
            """);

        await cluster.EventuallyAsync("web", "{.metadata.ownerReferences[*].name}", "pod/mine");
        await cluster.EventuallyAsync("2/2", "{.status.replicas}/{.status.readyReplicas}", "replicaset/web");

        Assert.That((await cluster.KubectlAsync("get", "pods", "-l", "app=web", "-o", "name")).Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task ReplicaSet_LeftByADeployment_IsAdoptedByTheNext()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("create", "deployment", "web", "--image=nginx", "--replicas=2");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        string before = await cluster.KubectlAsync("get", "replicasets,pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.uid}");

        await cluster.KubectlAsync("delete", "deployment", "web", "--cascade=orphan", "--timeout=90s");
        await cluster.EventuallyAsync("", Owners, "replicasets", "-l", "app=web");
        await cluster.KubectlAsync("create", "deployment", "web", "--image=nginx", "--replicas=2");
        await cluster.EventuallyAsync("web", Owners, "replicasets", "-l", "app=web");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");

        Assert.That(await cluster.KubectlAsync("get", "replicasets,pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.uid}"), Is.EqualTo(before));
    }
}
