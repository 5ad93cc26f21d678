using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;

namespace KubeFed.e2e.Isolated;

/// <content>Replicas on members whose nodes are simulated: a member that is full, then lost, then back with more room.</content>
public sealed partial class IsolatedTests
{
    private const string WebTemplate = """
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: 'example.com/web:1', resources: {requests: {cpu: 600m}}}]}
        """;

    [Test]
    public async Task Replicas_MemberFullThenLostThenBack_RunWhereThereIsRoom()
    {
        var (steady, failing) = (Federation.Clusters[0], Federation.Clusters[1]);
        if (!failing.Cluster.SimulatesPods)
        {
            Assert.Ignore("needs clusters that schedule pods, as those of the provider 'embedded'");
        }

        await failing.Cluster.ResizeAsync("1");
        var spec = new FederatedSpec { Template = Manifests.Node(WebTemplate), Clusters = Federation.ClusterNames };
        var federated = await CreateDeploymentAsync(spec);
        await HasReadyReplicasAsync(federated, steady, 2);
        await HasReadyReplicasAsync(federated, failing, 1);
        await SaysUnschedulableAsync(failing, federated.Key.Namespace);

        await failing.Cluster.KillAsync();
        await Federation.WaitForClusterAsync(failing.Name, ready: false);
        await failing.Cluster.StartAsync();
        await Federation.WaitForClusterAsync(failing.Name, ready: true);
        await HasReadyReplicasAsync(federated, failing, 1);

        await failing.Cluster.ResizeAsync("4");
        await HasReadyReplicasAsync(federated, failing, 2);
        await federated.IsInOrderAsync(spec, "return of the member");
    }

    private async Task<FederatedObjectDriver> CreateDeploymentAsync(FederatedSpec spec)
    {
        var type = await Federation.EnableAsync("deployments.apps");
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("replicas"), "web");
        var federated = new FederatedObjectDriver(Federation, type, key);
        await federated.CreateAsync(spec);
        await federated.IsInOrderAsync(spec, "create");
        return federated;
    }

    private static Task HasReadyReplicasAsync(FederatedObjectDriver federated, FederatedCluster cluster, int replicas) => Wait.GetAsync(
        () => federated.FindAsync(cluster),
        found => ((int?)found?.GetNode("status", "readyReplicas") ?? 0) == replicas,
        $"{replicas} replicas of {federated.Key} to be ready in {cluster}",
        static found => found?.GetNode("status")?.ToJsonString() ?? "not there");

    private static Task SaysUnschedulableAsync(FederatedCluster cluster, string @namespace) => Wait.GetAsync(
        async () => (await cluster.Client.ListAsync(WellKnown.Pods, @namespace)).Items,
        static pods => pods.Any(static pod => pod.GetNode("status", "conditions") is JsonArray conditions
            && conditions.Any(static c => (string?)c?["reason"] == "Unschedulable")),
        $"a pod in {cluster} to be unschedulable");
}
