using System.Text.Json.Nodes;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.e2e.Isolated;

/// <content>A control plane that is told to leave alone what it did not create.</content>
public sealed partial class IsolatedTests
{
    [Test]
    public async Task Create_AdoptionDisabledAndObjectThereAlready_IsLeftAloneAndReported()
    {
        await RestartWithAdoptionAsync("Disabled");
        try
        {
            await LeaveAloneAsync();
        }
        finally
        {
            await RestartWithAdoptionAsync("Enabled");
        }
    }

    private async Task RestartWithAdoptionAsync(string mode)
    {
        await Federation.Manager.StopAsync();
        await Federation.ConfigureAsync(new JsonObject { ["syncController"] = new JsonObject { ["adoptResources"] = mode } });
        Federation.Manager.Start();
    }

    private async Task LeaveAloneAsync()
    {
        var (free, taken) = (Federation.Clusters[0], Federation.Clusters[1]);
        var federated = await NewConfigMapAsync(await Federation.CreateNamespaceAsync("taken"));
        var before = await taken.Client.CreateAsync(WellKnown.ConfigMaps, Manifests.ConfigMap(federated.Key, "{mode: theirs}"));
        var spec = Spec("{mode: ours}");
        await federated.CreateAsync(spec);

        var status = await federated.HasStatusAsync(taken, PropagationStatus.AlreadyExists);
        Assert.That(status.FindPropagation()?.Status, Is.EqualTo(ConditionStatus.False));
        await federated.IsHeldAsync(free, spec, "create where one cluster has the object already");
        await federated.HasStatusAsync(free, PropagationStatus.Ok);
        Assert.That((await federated.FindAsync(taken))!.Metadata.ResourceVersion, Is.EqualTo(before.Metadata.ResourceVersion));

        await taken.Client.DeleteAsync(WellKnown.ConfigMaps, federated.TargetKey);
        spec = Spec("{mode: ours, again: 'yes'}");
        await federated.UpdateAsync(spec);
        await federated.IsInOrderAsync(spec, "removal of the object that was in the way");

        spec = Spec("{again: 'yes'}");
        await federated.UpdateAsync(spec);
        await federated.IsInOrderAsync(spec, "removal of a field");
        Assert.That((await federated.FindAsync(taken))!.GetNode("data", "mode"), Is.Null, "a field that the template lost");
    }
}
