using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Queues the keys that a change concerns, those of before and those of after.</summary>
internal sealed class KeyHandler(KeyedQueue<NamespacedName> queue, Func<KubeObject, IEnumerable<NamespacedName>> keys) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => Add(value);

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        Add(old);
        Add(value);
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Add(last);

    private void Add(KubeObject value)
    {
        foreach (var key in keys(value))
        {
            queue.Add(key);
        }
    }
}
