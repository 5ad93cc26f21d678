using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>Queues the key of every object that changes.</summary>
internal sealed class QueueHandler(KeyedQueue<NamespacedName> queue) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => queue.Add(value.Key);

    public void OnUpdate(KubeObject old, KubeObject value) => queue.Add(value.Key);

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => queue.Add(last.Key);
}
