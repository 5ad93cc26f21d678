using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>
/// The verbs of the Kubernetes API on the objects of any type, without HTTP. Objects go in and come out in the version of the context.
/// Every failure that a client causes is a <see cref="StatusException"/> with kube-apiserver's text.
/// </summary>
public interface IResourceStore
{
    /// <summary>One object. <paramref name="resourceVersion"/> as the query parameter: null or empty for the newest, 0 for any.</summary>
    ValueTask<KubeObject> GetAsync(ResourceContext context, string? resourceVersion, CancellationToken cancellationToken);

    /// <summary>The objects of a namespace or of all.</summary>
    ValueTask<KubeObjectList> ListAsync(ResourceContext context, ListOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a watch. What is wrong with the request itself throws; what is wrong with the revision comes as an error in the stream
    /// (<see cref="IResourceWatch.ReadAsync"/>).
    /// </summary>
    ValueTask<IResourceWatch> WatchAsync(ResourceContext context, WatchOptions options, CancellationToken cancellationToken);

    /// <summary>Creates an object. With a subresource in the context the call goes to its handler.</summary>
    Task<KubeObject> CreateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Replaces an object, its status or its scale.</summary>
    Task<KubeObject> UpdateAsync(ResourceContext context, RequestBody body, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Changes an object, its status or its scale. An apply, which has <see cref="ApplyOptions"/>, may create it.</summary>
    Task<PatchResult> PatchAsync(ResourceContext context, Patch patch, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes an object, or marks it while finalizers hold it.</summary>
    Task<DeleteResult> DeleteAsync(ResourceContext context, DeleteOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes the objects that a list with those options would give, one by one, and returns them as they were.</summary>
    Task<KubeObjectList> DeleteCollectionAsync(ResourceContext context, DeleteOptions options, ListOptions selection, CancellationToken cancellationToken);
}
