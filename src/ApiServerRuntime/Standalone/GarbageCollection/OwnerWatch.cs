using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>Follows the objects of one type for the collector: keeps the graph true and adds what has to be looked at.</summary>
internal sealed class OwnerWatch(ResourceType type, IResourceCacheSet caches, OwnerGraph graph, Action<ObjectIdentity> look, TimeProvider time, ILogger logger)
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Follows until cancelled.</summary>
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
                StandaloneLog.CollectorWatchInterrupted(logger, type.GroupResource.ToString(), e.Message);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a state of the type: what the graph has and the state has not is gone.</summary>
    public void Take(ResourceSnapshot snapshot)
    {
        var present = new HashSet<ObjectIdentity>();
        foreach (var item in snapshot.Range(type.KeyPrefix))
        {
            present.Add(ObjectIdentity.Of(type, item.Object));
            Present(item.Object);
        }

        foreach (var item in graph.All())
        {
            if (item.Resource == type.GroupResource && !present.Contains(item))
            {
                Gone(item);
            }
            else
            {
                look(item);
            }
        }
    }

    /// <summary>Takes an object that is there.</summary>
    public void Present(ApiMachinery.Objects.KubeObject item)
    {
        var identity = ObjectIdentity.Of(type, item);
        var before = graph.OwnersOf(identity);
        if (graph.Put(identity, item.Metadata.OwnerReferences))
        {
            look(identity);
            LookAt(graph.WaitingOwnersOf(before));
        }

        if (item.Metadata.IsDeleting)
        {
            if (item.Metadata.Finalizers.Contains(Foreground, StringComparer.Ordinal))
            {
                graph.Wait(identity);
                look(identity);
            }
            else if (item.Metadata.Finalizers.Contains(Orphan, StringComparer.Ordinal))
            {
                look(identity);
            }
        }
    }

    /// <summary>Takes an object that is gone.</summary>
    public void Gone(ObjectIdentity identity)
    {
        var owners = graph.OwnersOf(identity);
        graph.Remove(identity);
        LookAt(graph.DependentsOf(identity.Uid));
        LookAt(graph.WaitingOwnersOf(owners));
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var cache = caches.Get(type);
        var snapshot = await cache.AnyAsync(cancellationToken);
        Take(snapshot);
        await using var watch = await cache.WatchAsync(
            new CacheWatchOptions { KeyPrefix = type.KeyPrefix, AfterRevision = snapshot.Revision }, cancellationToken);
        while (await watch.ReadAsync(cancellationToken) is { Count: > 0 } events)
        {
            foreach (var @event in events)
            {
                if (@event.Type == WatchEventType.Deleted)
                {
                    Gone(ObjectIdentity.Of(type, @event.Payload.Object));
                }
                else if (@event.Type is WatchEventType.Added or WatchEventType.Modified)
                {
                    Present(@event.Payload.Object);
                }
            }
        }
    }

    private void LookAt(IEnumerable<ObjectIdentity> items)
    {
        foreach (var item in items)
        {
            look(item);
        }
    }
}
