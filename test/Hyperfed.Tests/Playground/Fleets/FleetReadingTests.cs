using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Tests.Playground.Fleets;

[Parallelizable(ParallelScope.All)]
public sealed class FleetReadingTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop, generation: 3}
        spec:
          replicas: 4
          template: {spec: {containers: [{name: web, image: "web:2"}]}}
        status: {observedGeneration: 3, replicas: 5, readyReplicas: 4, updatedReplicas: 2}
        """;

    [Test]
    public void Member_DeploymentAtWork_HasItsNumbers()
    {
        var member = Read(deployment: Deployment);

        Assert.Multiple(() =>
        {
            Assert.That(member.Replicas, Is.EqualTo(4));
            Assert.That(member.AllReplicas, Is.EqualTo(5));
            Assert.That(member.ReadyReplicas, Is.EqualTo(4));
            Assert.That(member.UpdatedReplicas, Is.EqualTo(2));
            Assert.That(member.IsObserved, Is.True);
            Assert.That(member.IsRolledOut, Is.False);
            Assert.That(member.Image, Is.EqualTo("web:2"));
        });
    }

    [Test]
    public void Member_StatusOfAnOlderGeneration_IsNotObserved() =>
        Assert.That(Read(deployment: Deployment.Replace("generation: 3}", "generation: 4}", StringComparison.Ordinal)).IsObserved, Is.False);

    [Test]
    public void Member_NothingThere_IsNeitherReadyNorRolledOut()
    {
        var member = Read();

        Assert.That((member.IsReady, member.Replicas, member.IsRolledOut), Is.EqualTo((false, (int?)null, false)));
    }

    [Test]
    public void Member_PodWithoutANode_IsCountedWithItsReason()
    {
        var member = Read(pods:
        [
            "{apiVersion: v1, kind: Pod, metadata: {name: a}, status: {phase: Running}}",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            status:
              phase: Pending
              conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: 0/1 nodes are available}]
            """,
        ]);

        Assert.That((member.Pods, member.RunningPods, member.UnschedulablePods, member.Unschedulable), Is.EqualTo((2, 1, 1, "0/1 nodes are available")));
    }

    [Test]
    public void Member_RegisteredAndNotReady_SaysWhy()
    {
        var member = Read(registered: """
            apiVersion: core.kubefed.io/v1beta1
            kind: KubeFedCluster
            metadata: {name: cluster1}
            status: {conditions: [{type: Ready, status: "False", message: connection refused}]}
            """);

        Assert.That((member.IsReady, member.Health), Is.EqualTo((false, "connection refused")));
    }

    [TestCase(2, true)]
    [TestCase(1, false)]
    public void Object_Propagated_OnlyForItsNewestGeneration(int observed, bool expected)
    {
        var item = FleetReading.Object(Parse($$"""
            apiVersion: types.kubefed.io/v1beta1
            kind: FederatedConfigMap
            metadata: {name: web, generation: 2}
            status:
              observedGeneration: {{observed}}
              conditions: [{type: Propagation, status: "True"}]
              clusters: [{name: cluster1}, {name: cluster2, status: ClusterNotReady}]
            """));

        Assert.That(item.IsPropagated, Is.EqualTo(expected));
        Assert.That(item.Clusters, Is.EqualTo(new Dictionary<string, string> { ["cluster1"] = "OK", ["cluster2"] = "ClusterNotReady" }));
    }

    private static MemberState Read(string? registered = null, string[]? pods = null, string? deployment = null) => FleetReading.Member(
        "cluster1",
        registered is null ? null : Parse(registered),
        [],
        [.. (pods ?? []).Select(Parse)],
        deployment is null ? null : Parse(deployment));

    private static KubeObject Parse(string yaml) => KubeObject.FromNode(KubeYaml.ToJson(yaml)!);
}
