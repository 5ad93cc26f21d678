using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A watch that could not begin and says so in its stream.</summary>
internal sealed class FailedWatch(StatusException failure) : IResourceWatch
{
    public ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromException<IReadOnlyList<ResourceEvent>>(failure);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
