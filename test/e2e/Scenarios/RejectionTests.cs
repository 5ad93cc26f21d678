using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.e2e.Federations;
using KubeFed.e2e.Installations;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Scenarios;

/// <summary>Templates and overrides that cannot be had.</summary>
public sealed class RejectionTests(string installation) : SharedFederationTest(installation)
{
    private FederatedCluster Rejecting => Federation.Clusters[1];

    [Test]
    public async Task Create_OneClusterRejects_ItsMessageIsInStatusAndOthersAreServed()
    {
        var (federated, good) = await NewServiceAsync();
        var bad = good.WithOverride(Rejecting.Name, "/spec/ports/0/port", 99999);
        await federated.CreateAsync(bad);
        await IsOnlyWrongInAsync(federated, bad, PropagationStatus.CreationFailed, "99999", "must be between 1 and 65535");
        await federated.UpdateAsync(good);
        await federated.IsInOrderAsync(good, "correction of the override");
    }

    [Test]
    public async Task Update_OneClusterRejects_ItKeepsWhatItHasAndOthersFollow()
    {
        var (federated, good) = await NewServiceAsync();
        await federated.CreateAsync(good);
        await federated.IsInOrderAsync(good, "create");
        var bad = (good with { Template = Service(81) }).WithOverride(Rejecting.Name, "/spec/ports/0/port", 99999);
        await federated.UpdateAsync(bad);
        await IsOnlyWrongInAsync(federated, bad, PropagationStatus.UpdateFailed, "99999", "must be between 1 and 65535");
        await federated.IsHeldAsync(Rejecting, good, "rejected update");
    }

    [Test]
    public async Task Create_OverrideDoesNotFit_IsRefusedAtOnceOrItsMessageIsInStatusAndOthersAreServed()
    {
        var (federated, good) = await NewServiceAsync();
        var bad = good.WithOverride(Rejecting.Name, "/spec/nothing/here", 1);
        if (Installation == Installation.Aggregated)
        {
            var refused = await Assert.ThrowsAsync<StatusException>(() => federated.CreateAsync(bad));
            Assert.That(refused!.IsInvalid, Is.True, refused.Message);
            Assert.That(refused.Message, Does.Contain("/spec/nothing/here"));
            return;
        }

        await federated.CreateAsync(bad);
        await IsOnlyWrongInAsync(federated, bad, PropagationStatus.ApplyOverridesFailed, "/spec/nothing/here");
    }

    private static JsonObject Service(int port) => Manifests.Node($"spec: {{ports: [{{name: http, protocol: TCP, port: {port}}}]}}");

    private async Task<(FederatedObjectDriver Federated, FederatedSpec Good)> NewServiceAsync()
    {
        var key = new NamespacedName(await Federation.CreateNamespaceAsync("rejection"), "web");
        var federated = new FederatedObjectDriver(Federation, await Federation.GetTypeAsync("services"), key);
        return (federated, new FederatedSpec { Template = Service(80), Clusters = Federation.ClusterNames });
    }

    private async Task IsOnlyWrongInAsync(FederatedObjectDriver federated, FederatedSpec spec, string status, params string[] message)
    {
        foreach (var cluster in Federation.Clusters.Where(c => c != Rejecting))
        {
            await federated.IsHeldAsync(cluster, spec, "write that one cluster rejects");
            await federated.HasStatusAsync(cluster, PropagationStatus.Ok);
        }

        var found = await federated.HasStatusAsync(Rejecting, status);
        Assert.That(found.FindPropagation(), Has.Property("Status").EqualTo(ConditionStatus.False).And.Property("Reason").EqualTo(PropagationReasons.CheckClusters));
        var entry = found.Clusters.Single(c => c.Name == Rejecting.Name);
        foreach (var part in message)
        {
            Assert.That(entry.Message, Does.Contain(part));
        }
    }
}
