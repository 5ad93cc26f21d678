using KubeFed.ApiMachinery.Identity;
using KubeFed.ControllerRuntime.Queue;
using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>Has a cluster probed at once when its requests are no longer answered, instead of at its next turn.</summary>
internal sealed class SuspicionWatch(KeyedQueue<NamespacedName> probes, string federationNamespace) : IClusterObserver
{
    /// <inheritdoc/>
    public void OnClusterChanged(ClusterView? old, ClusterView? current)
    {
        if (current?.Member is { } member && !ReferenceEquals(old?.Member, member))
        {
            member.Dispatcher.Suspected = () => probes.Add(new NamespacedName(federationNamespace, member.Name));
        }
    }
}
