using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A watch that runs. Read by one reader; dispose to end it.</summary>
public interface IResourceWatch : IAsyncDisposable
{
    /// <summary>
    /// Waits for events and takes all that are there, at least one, in order. An empty result is the orderly end: the reader was too slow, or
    /// the server is shutting down, and the client should watch again from the last revision.
    /// </summary>
    /// <exception cref="StatusException">The watch cannot go on (410 when history is gone); the client is told as an ERROR event.</exception>
    ValueTask<IReadOnlyList<ResourceEvent>> ReadAsync(CancellationToken cancellationToken);
}
