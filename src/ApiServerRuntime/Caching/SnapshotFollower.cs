using KubeFed.ApiMachinery.Errors;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// Tells of the objects of a type whenever they change, always all of them: for the server's own use of types of which there are few, such as
/// definitions, roles and clusters. Changes that come fast are told as one.
/// </summary>
public sealed partial class SnapshotFollower(IResourceCache cache, string keyPrefix, Action<ResourceSnapshot> changed, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a first state has been told.</summary>
    public bool HasTold => _told.Task.IsCompleted;

    /// <summary>Completes when the first state has been told.</summary>
    public Task FirstAsync(CancellationToken cancellationToken) => _told.Task.WaitAsync(cancellationToken);

    /// <summary>Follows until cancelled. Calls come one after the other.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (StatusException e)
            {
                Interrupted(logger, keyPrefix, e.Message);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var snapshot = await cache.AnyAsync(cancellationToken);
        Tell(snapshot);
        await using var watch = await cache.WatchAsync(new CacheWatchOptions { KeyPrefix = keyPrefix, AfterRevision = snapshot.Revision }, cancellationToken);
        while ((await watch.ReadAsync(cancellationToken)).Count > 0)
        {
            Tell(await cache.AnyAsync(cancellationToken));
        }
    }

    private void Tell(ResourceSnapshot snapshot)
    {
        changed(snapshot);
        _told.TrySetResult();
    }

    [LoggerMessage(5200, LogLevel.Information, "Following {Prefix} was interrupted, beginning anew: {Reason}", EventName = "FollowingInterrupted")]
    private static partial void Interrupted(ILogger logger, string prefix, string reason);
}
