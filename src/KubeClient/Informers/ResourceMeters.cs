using System.Diagnostics;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;

namespace KubeFed.KubeClient.Informers;

/// <summary>The metrics of one resource, or none at all.</summary>
internal sealed class ResourceMeters(InformerMetrics? metrics, GroupVersionResource resource)
{
    private readonly TagList _tags = metrics?.TagsOf(resource) ?? default;

    public void Listed() => metrics?.Listed(_tags);

    public void Watched() => metrics?.Watched(_tags);

    public void ShortWatch() => metrics?.ShortWatch(_tags);

    public void Failed() => metrics?.Failed(_tags);

    public void HandlerFailed() => metrics?.HandlerFailed(_tags);

    public void Objects(int change) => metrics?.Objects(change, _tags);

    public void Pending(int change) => metrics?.Pending(change, _tags);

    public void Event(WatchEventType type) => metrics?.Event(
        type switch
        {
            WatchEventType.Added => "added",
            WatchEventType.Modified => "modified",
            WatchEventType.Deleted => "deleted",
            _ => "bookmark",
        },
        _tags);
}
