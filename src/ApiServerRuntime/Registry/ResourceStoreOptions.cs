using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Settings of a <see cref="ResourceStore"/>.</summary>
public sealed record ResourceStoreOptions
{
    /// <summary>
    /// Asked before an apply creates an object, because the request was authorized as a patch: throws a <see cref="StatusException"/> when
    /// the user may not create.
    /// </summary>
    /// <value>Default null: who may patch may create by apply.</value>
    public Func<ResourceContext, CancellationToken, Task>? AuthorizeCreate { get; init; }

    /// <summary>Largest object in bytes, as it is stored; a larger one is refused with 413.</summary>
    /// <value>Default 1,572,864.</value>
    public int MaxObjectBytes { get; init; } = 1536 * 1024;
}
