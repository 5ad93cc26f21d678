using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.e2e.Isolated;

/// <content>A member that crashes or hangs costs its own entry only, and is brought in order when it is back.</content>
public sealed partial class IsolatedTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Propagation_OneMemberGoneAndBack_OthersGoOnAndItCatchesUp(bool crash)
    {
        var (steady, failing) = (Federation.Clusters[0], Federation.Clusters[1]);
        var @namespace = await Federation.CreateNamespaceAsync("failing");
        var old = await CreateConfigMapAsync(@namespace, Spec("{mode: slow}"));

        await (crash ? failing.Cluster.KillAsync() : failing.Cluster.PauseAsync());
        await Federation.WaitForClusterAsync(failing.Name, ready: false);
        var changed = Spec("{mode: fast}");
        await old.UpdateAsync(changed);
        var young = await NewConfigMapAsync(@namespace);
        await young.CreateAsync(changed);
        foreach (var federated in new[] { old, young })
        {
            await federated.IsHeldAsync(steady, changed, "write while another member is down");
            var status = await federated.HasStatusAsync(failing, PropagationStatus.ClusterNotReady);
            Assert.That(status.Clusters.Single(c => c.Name == failing.Name).Message, Is.Not.Empty);
            await federated.HasStatusAsync(steady, PropagationStatus.Ok);
        }

        await (crash ? failing.Cluster.StartAsync() : failing.Cluster.ResumeAsync());
        await Federation.WaitForClusterAsync(failing.Name, ready: true);
        await old.IsInOrderAsync(changed, "return of the member");
        await young.IsInOrderAsync(changed, "return of the member");
    }

    [Test]
    public async Task Deletion_OneMemberDown_IsCompletedWhenItIsBack()
    {
        var (steady, failing) = (Federation.Clusters[0], Federation.Clusters[1]);
        var federated = await CreateConfigMapAsync(await Federation.CreateNamespaceAsync("deletion"), Spec("{mode: slow}"));
        await failing.Cluster.KillAsync();
        await Federation.WaitForClusterAsync(failing.Name, ready: false);
        await Federation.Host.DeleteAsync(federated.Type.FederatedResource, federated.Key);
        await federated.IsReleasedAsync(steady, "deletion while another member is down");
        var waiting = await Federation.Host.FindAsync(federated.Type.FederatedResource, federated.Key);
        Assert.That(waiting?.Metadata.Finalizers, Does.Contain(FederationFinalizers.SyncController));

        await failing.Cluster.StartAsync();
        await federated.IsReleasedAsync(failing, "return of the member");
        await federated.IsGoneAsync();
    }
}
