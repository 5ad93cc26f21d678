using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Scenarios;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Serialization;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Isolated;

/// <content>Clusters that leave and come back, and what the control plane tells of them.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task Unjoin_ThenJoin_ObjectsStayAndAreTakenUpAgain()
    {
        var leaving = Federation.Clusters[1];
        var both = Spec("{mode: slow}");
        var federated = await CreateConfigMapAsync(await Federation.CreateNamespaceAsync("joining"), both);

        await Federation.UnjoinAsync(leaving);
        await StatusNamesAsync(federated, Federation.Clusters[0].Name);
        Assert.That(await federated.FindAsync(leaving), Is.Not.Null, "the object of the cluster that left");

        var changed = Spec("{mode: fast}");
        await federated.UpdateAsync(changed);
        await federated.IsHeldAsync(Federation.Clusters[0], changed, "change while a cluster is away");
        await federated.IsHeldAsync(leaving, both, "change while it is away");

        await FinishDeletionAsync(leaving);
        await Federation.JoinAsync(leaving);
        await Federation.WaitForClusterAsync(leaving.Name, ready: true);
        await federated.IsInOrderAsync(changed, "return of the cluster");
    }

    [Test]
    public async Task Log_OfTheControlPlane_ShowsNoCredentials()
    {
        var log = await File.ReadAllTextAsync(Federation.Manager.LogPath);
        Assert.That(log, Does.Contain(Federation.Clusters[0].Name));
        foreach (var cluster in Federation.Clusters)
        {
            var joined = await Federation.Host.GetAsync(
                FederationResources.KubeFedClusters,
                new NamespacedName(Federations.Federation.Namespace, cluster.Name),
                FederationJsonContext.Default.KubeFedCluster);
            var secret = await Federation.Host.GetAsync(
                WellKnown.Secrets, new NamespacedName(Federations.Federation.Namespace, joined.Spec.SecretRef.Name));
            var encoded = secret.GetString("data", FederationNames.TokenKey)!;
            Assert.That(log, Does.Not.Contain(encoded).And.Not.Contain(Encoding.UTF8.GetString(Convert.FromBase64String(encoded))));
        }
    }

    // Unjoin deletes the control plane's namespace; without a kube-controller-manager there nobody completes that.
    private static Task FinishDeletionAsync(FederatedCluster cluster) => Wait.GetAsync(
        async () =>
        {
            var found = await cluster.Client.FindAsync(WellKnown.Namespaces, NamespacedName.Cluster(Federations.Federation.Namespace));
            if (found is { Metadata.IsDeleting: true })
            {
                var finished = found.ToNode();
                finished["spec"]!["finalizers"] = new JsonArray();
                await cluster.Client.UpdateAsync(WellKnown.Namespaces, KubeObject.FromNode(finished), new WriteOptions { Subresource = "finalize" });
            }

            return found;
        },
        static found => found is null,
        $"the control plane's namespace to be gone from {cluster}");

    private Task StatusNamesAsync(FederatedObjectDriver federated, params string[] clusters) => Wait.PassesAsync(
        async () => Assert.That((await federated.ReadStatusAsync()).Clusters.Select(static c => c.Name), Is.EqualTo(clusters)),
        $"the status of {federated.Key} to name only {string.Join(", ", clusters)}");
}
