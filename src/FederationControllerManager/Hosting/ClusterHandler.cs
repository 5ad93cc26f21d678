using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>Queues clusters that people changed. The status is our own: following it would probe without a pause.</summary>
internal sealed class ClusterHandler(KeyedQueue<NamespacedName> queue) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => queue.Add(value.Key);

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.Metadata.Generation != value.Metadata.Generation
            || old.Metadata.Uid != value.Metadata.Uid
            || !old.Metadata.Labels.Equals(value.Metadata.Labels))
        {
            queue.Add(value.Key);
        }
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => queue.Add(last.Key);
}
