using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Work;

/// <summary>Takes up each object of a type without namespaces that is being deleted, again and again until its deletion is finished.</summary>
/// <param name="worker">Who works, for the log.</param>
/// <param name="type">The type.</param>
/// <param name="caches">Where its objects are seen.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class DeletionWork(string worker, ResourceType type, IResourceCacheSet caches, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly WorkQueue<string> _queue = new(time);

    /// <summary>Works until cancelled.</summary>
    /// <param name="finish">Does what can be done for the object of that name. False when something is left to do.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task RunAsync(Func<string, CancellationToken, Task<bool>> finish, CancellationToken cancellationToken)
    {
        var follower = new SnapshotFollower(caches.Get(type), type.KeyPrefix, Take, time, logger);
        await Task.WhenAll(follower.RunAsync(cancellationToken), _queue.RunAsync(WorkAsync, Failed, cancellationToken));

        async Task WorkAsync(string name, CancellationToken cancellation)
        {
            if (!await finish(name, cancellation))
            {
                _queue.AddAfter(name, Pause);
            }
        }
    }

    private void Take(ResourceSnapshot snapshot)
    {
        foreach (var item in snapshot.Range(type.KeyPrefix))
        {
            if (item.Object.Metadata.IsDeleting)
            {
                _queue.Add(item.Object.Metadata.Name);
            }
        }
    }

    private bool Failed(string name, Exception exception)
    {
        StandaloneLog.WorkRetried(logger, worker, name, exception.Message);
        return exception is StatusException;
    }
}
