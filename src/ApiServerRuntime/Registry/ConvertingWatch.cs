using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A watch in another version than the stored one. Watchers of the same version share what is converted.</summary>
internal sealed class ConvertingWatch(IResourceWatch inner, VersionRuntime version) : IResourceWatch
{
    public async ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        var events = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        var converted = new ResourceEvent[events.Count];
        for (int i = 0; i < converted.Length; i++)
        {
            converted[i] = events[i] with { Payload = version.FromStorage(events[i].Payload, events[i].Type == WatchEventType.Bookmark) };
        }

        return converted;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
