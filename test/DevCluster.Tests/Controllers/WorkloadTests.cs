namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>Workloads as a user of kubectl sees them.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WorkloadTests
{
    [Test]
    public async Task Deployment_RolledOutScaledUndoneAndDeleted_BehavesAsInACluster()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.ApplyAsync(Deployment("web", 3, "nginx:1"));
        Assert.That(await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s"), Does.EndWith("successfully rolled out"));
        var pods = await cluster.KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.phase}");
        Assert.That(pods, Is.EqualTo("Running Running Running"));

        await cluster.KubectlAsync("set", "image", "deployment/web", "c=nginx:2");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        Assert.That(await cluster.KubectlAsync("rollout", "history", "deployment/web"), Does.Match(@"1\s+<none>\s+2\s+<none>"));

        await cluster.KubectlAsync("rollout", "undo", "deployment/web");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
        Assert.That(await cluster.KubectlAsync("get", "deployment/web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"), Is.EqualTo("nginx:1"));

        await cluster.KubectlAsync("scale", "deployment/web", "--replicas=1");
        await cluster.EventuallyAsync("1/1", "{.status.availableReplicas}/{.status.replicas}", "deployment/web");
        await cluster.KubectlAsync("delete", "deployment/web");
        await cluster.EventuallyAsync("", "{.items[*].metadata.name}", "pods,replicasets", "-l", "app=web");
    }

    [Test]
    public async Task Pods_MoreThanFit_AreUnschedulableUntilThereIsRoom()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a", Cpu = "1" }, new DevNode { Name = "b", Cpu = "1" });
        await cluster.ApplyAsync(Deployment("web", 3, "nginx", "resources: {requests: {cpu: 600m}}"));

        const string Refusal = "{.items[*].status.conditions[?(@.reason==\"Unschedulable\")].message}";
        await cluster.EventuallyAsync("0/2 nodes are available: 2 Insufficient cpu.", Refusal, "pods");
        await cluster.KubectlAsync("scale", "deployment/web", "--replicas=2");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");

        await cluster.KubectlAsync("scale", "deployment/web", "--replicas=4");
        await cluster.KubectlAsync("annotate", "node", "a", "capacity.devcluster.kubefed.io/cpu=1800m");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");
    }

    [Test]
    public async Task Node_Drained_MovesItsPods()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a" }, new DevNode { Name = "b" });
        await cluster.ApplyAsync(Deployment("web", 4, "nginx"));
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");

        await cluster.KubectlAsync("drain", "a", "--timeout=60s");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");

        await cluster.EventuallyAsync("b b b b", "{.items[*].spec.nodeName}", "pods");
    }

    [Test]
    public async Task Job_RunsToItsEnd()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.ApplyAsync("""
            apiVersion: batch/v1
            kind: Job
            metadata: {name: once}
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}
            """);

        await cluster.KubectlAsync("wait", "--for=condition=complete", "job/once", "--timeout=90s");

        Assert.That(await cluster.KubectlAsync("get", "pods", "-o", "jsonpath={.items[*].status.phase}"), Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task StatefulSet_PodsComeInOrderWithTheirClaims()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db}
            spec:
              replicas: 2
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: c, image: db}]}
              volumeClaimTemplates:
              - metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """);

        await cluster.KubectlAsync("rollout", "status", "statefulset/db", "--timeout=90s");
        Assert.That(await cluster.KubectlAsync("get", "pods", "-o", "jsonpath={.items[*].metadata.name}"), Is.EqualTo("db-0 db-1"));
        await cluster.EventuallyAsync("data-db-0=Bound data-db-1=Bound", "{range .items[*]}{.metadata.name}={.status.phase} {end}", "pvc");
    }

    [Test]
    public async Task DaemonSet_HasAPodOnEveryNode()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a" }, new DevNode { Name = "b" });
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec: {containers: [{name: c, image: agent}]}
            """);

        await cluster.KubectlAsync("rollout", "status", "daemonset/agent", "--timeout=90s");
        await cluster.EventuallyAsync("a b", "{.items[*].spec.nodeName}", "pods", "--sort-by=.spec.nodeName");
    }

    [Test]
    public async Task Service_HasTheEndpointsOfReadyPodsAndAnAddress()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.ApplyAsync(Deployment("web", 2, "nginx"));
        await cluster.KubectlAsync("expose", "deployment/web", "--port=80", "--target-port=8080", "--type=LoadBalancer");
        await cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=90s");

        await cluster.EventuallyAsync(
            "true true 8080", "{.items[0].endpoints[*].conditions.ready} {.items[0].ports[0].port}", "endpointslices", "-l", "kubernetes.io/service-name=web");
        Assert.That(await cluster.KubectlAsync("get", "service/web", "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}"), Does.StartWith("172.19."));
    }

    [Test]
    public async Task DisruptionBudgetAndAutoscaler_HaveAStatus()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.ApplyAsync(Deployment("web", 2, "nginx"));
        await cluster.ApplyAsync("""
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web}
            spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web}
            spec: {minReplicas: 3, maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """);

        await cluster.EventuallyAsync("3", "{.status.availableReplicas}", "deployment/web");
        await cluster.EventuallyAsync("3/2", "{.status.currentHealthy}/{.status.disruptionsAllowed}", "pdb/web");
        await cluster.EventuallyAsync("FailedGetResourceMetric", "{.status.conditions[?(@.type==\"ScalingActive\")].reason}", "hpa/web");
    }

    [Test]
    public async Task Pod_Deleted_IsTerminatingThenGone()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        await cluster.KubectlAsync("run", "one", "--image=nginx");
        await cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/one", "--timeout=90s");
        Assert.That(await cluster.KubectlAsync("describe", "pod", "one"), Does.Contain("Successfully assigned default/one to node-1"));

        await cluster.KubectlAsync("delete", "pod", "one", "--timeout=60s");

        Assert.That(await cluster.KubectlAsync("get", "pods", "-o", "name"), Is.Empty);
    }

    private static string Deployment(string name, int replicas, string image, string container = "") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{name}}, labels: {app: "{{name}}" } }
        spec:
          replicas: {{replicas}}
          selector: {matchLabels: {app: "{{name}}" } }
          template:
            metadata: {labels: {app: "{{name}}" } }
            spec:
              containers:
              - name: c
                image: {{image}}
                {{container}}
        """;
}
