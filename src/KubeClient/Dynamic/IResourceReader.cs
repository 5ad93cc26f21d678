using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>Reads objects of any type.</summary>
public interface IResourceReader
{
    /// <summary>Reads one object.</summary>
    Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one page of the objects of a namespace, or of all where <paramref name="namespace"/> is null.</summary>
    Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams events until the server ends the watch (the enumeration completes) or fails it (it throws; 410 as
    /// <see cref="KubeFed.ApiMachinery.Errors.StatusException"/>). A connection that has gone silent for longer than bookmarks
    /// and the watch's timeout allow is given up as an <see cref="IOException"/>: it never hangs for ever.
    /// </summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default);
}
