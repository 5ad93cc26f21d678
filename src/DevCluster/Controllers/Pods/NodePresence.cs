using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Nodes;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>Names nodes that appear, vanish, fail or return.</summary>
internal sealed class NodePresence(Action<string> changed) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => changed(value.Metadata.Name);

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.IsDown() != value.IsDown() || old.Metadata.Uid != value.Metadata.Uid)
        {
            changed(value.Metadata.Name);
        }
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => changed(last.Metadata.Name);
}
