using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>Queues the clusters that a changed Secret belongs to.</summary>
internal sealed class SecretHandler(KeyedQueue<NamespacedName> queue, IResourceStore clusters) : IInformerHandler
{
    public void OnAdd(KubeObject value, bool isInInitialList) => QueueClustersOf(value);

    public void OnUpdate(KubeObject old, KubeObject value)
    {
        if (old.Metadata.ResourceVersion != value.Metadata.ResourceVersion)
        {
            QueueClustersOf(value);
        }
    }

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => QueueClustersOf(last);

    private void QueueClustersOf(KubeObject secret)
    {
        foreach (var cluster in clusters.List())
        {
            if (cluster.GetString("spec", "secretRef", "name") == secret.Metadata.Name)
            {
                queue.Add(cluster.Key);
            }
        }
    }
}
