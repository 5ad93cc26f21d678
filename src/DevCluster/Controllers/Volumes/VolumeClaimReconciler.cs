using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.DevClusters.Controllers.Machinery;

namespace KubeFed.DevClusters.Controllers.Volumes;

/// <summary>Calls volume claims bound, with what they ask for. There are no volumes behind them.</summary>
internal sealed class VolumeClaimReconciler(Cluster cluster) : ObjectReconciler(cluster, cluster.Informer(KubeResources.VolumeClaims))
{
    protected override async Task<ReconcileResult> ReconcileAsync(KubeObject value, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsDeleting)
        {
            return ReconcileResult.Done;
        }

        var current = value;
        if (string.IsNullOrEmpty(value.GetString("spec", "volumeName")))
        {
            var patch = Patch.Merge(new JsonObject().Put($"pvc-{value.Metadata.Uid}", "spec", "volumeName"));
            current = await Cluster.Client.PatchAsync(KubeResources.VolumeClaims, value.Key, patch, cancellationToken: cancellationToken);
            Writes.Wrote(value.Key, Objects, current);
        }

        var status = new JsonObject { ["phase"] = "Bound" };
        Copy("accessModes", "spec", "accessModes");
        Copy("capacity", "spec", "resources", "requests");
        if (await Cluster.Client.WriteStatusAsync(KubeResources.VolumeClaims, current, status, cancellationToken) is { } written)
        {
            Writes.Wrote(value.Key, Objects, written);
        }

        return ReconcileResult.Done;

        void Copy(string member, params ReadOnlySpan<string> path)
        {
            if (current.GetNode(path) is { } node)
            {
                status[member] = node;
            }
        }
    }
}
