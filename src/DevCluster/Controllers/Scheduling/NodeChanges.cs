using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Scheduling;

/// <summary>Tells of changes of nodes that matter for placing pods; heartbeats do not.</summary>
internal sealed class NodeChanges(Action changed) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => changed();

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (!old.Metadata.Labels.Equals(value.Metadata.Labels) || Differ(old, value, "spec") || Differ(old, value, "status", "allocatable"))
        {
            changed();
        }
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => changed();

    private static bool Differ(KubeObject old, KubeObject value, params ReadOnlySpan<string> path) =>
        !JsonEquality.Equal(old.GetNode(path), value.GetNode(path));
}
