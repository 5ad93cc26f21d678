using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Standalone.Work;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>
/// Deletes objects all of whose owners are gone, and does what the finalizers <c>foregroundDeletion</c> and <c>orphan</c> ask for; by the
/// rules of kube-controller-manager's garbage collector. Driven by the events of all types.
/// </summary>
internal sealed class GarbageCollector
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";
    private const int Workers = 4;

    private readonly ITypeSource _types;
    private readonly IResourceCacheSet _caches;
    private readonly ObjectClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OwnerGraph _graph = new();
    private readonly OwnerResolver _resolver;
    private readonly WorkQueue<ObjectIdentity> _queue;
    private readonly ConcurrentDictionary<ObjectIdentity, byte> _unresolved = new();
    private volatile bool _overflowed;

    public GarbageCollector(ITypeSource types, IResourceCacheSet caches, ObjectClient client, TimeProvider time, ILogger logger)
    {
        _types = types;
        _caches = caches;
        _client = client;
        _time = time;
        _logger = logger;
        _queue = new WorkQueue<ObjectIdentity>(time);
        _resolver = new OwnerResolver(types, caches, _graph, new OwnerWarnings(client, time, logger));
    }

    /// <summary>How many objects wait to be looked at.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Whether objects of a type can own and be owned: they are stored and can be deleted.</summary>
    public static bool IsCollected(ResourceType type) =>
        !type.IsForwarded && type.FindVersion(type.StorageVersion) is { } version && version.Verbs.Contains("list") && version.Verbs.Contains("delete") && !IsEvents(type);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(1);
        using var subscription = _types.OnChange(_ => changed.Release());
        var workers = Enumerable.Range(0, Workers).Select(_ => _queue.RunAsync(LookAsync, Failed, cancellationToken));
        await Task.WhenAll([FollowTypesAsync(changed, cancellationToken), .. workers]);
    }

    /// <summary>A watch of a type that fills the graph; for tests, that drive it themselves.</summary>
    internal OwnerWatch Watch(ResourceType type) => new(type, _caches, _graph, Look, _time, _logger);

    /// <summary>Looks at all objects that wait now, and at those that this adds, until none is left.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_queue.Count > 0)
        {
            var item = await _queue.TakeAsync(cancellationToken);
            await LookAsync(item, cancellationToken);
            _queue.Done(item, succeeded: true);
        }
    }

    private static bool IsEvents(ResourceType type) => type is { Group: "" or "events.k8s.io", Plural: "events" };

    private async Task FollowTypesAsync(SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        var watches = new Dictionary<(GroupResource, string), (CancellationTokenSource Stop, Task Run)>();
        try
        {
            while (true)
            {
                await changed.WaitAsync(cancellationToken);
                await FitAsync(watches, cancellationToken);
                foreach (var item in _unresolved.Keys)
                {
                    _unresolved.TryRemove(item, out _);
                    Look(item);
                }
            }
        }
        finally
        {
            foreach (var (stop, run) in watches.Values)
            {
                await StopAsync(stop, run);
            }
        }
    }

    private async Task FitAsync(Dictionary<(GroupResource, string), (CancellationTokenSource Stop, Task Run)> watches, CancellationToken cancellationToken)
    {
        var wanted = _types.Current.Types.Where(IsCollected).ToDictionary(static type => (type.GroupResource, type.DefinitionUid));
        foreach (var key in watches.Keys.Where(key => !wanted.ContainsKey(key)).ToArray())
        {
            watches.Remove(key, out var watch);
            await StopAsync(watch.Stop, watch.Run);
        }

        foreach (var (key, type) in wanted)
        {
            if (!watches.ContainsKey(key))
            {
                var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                watches[key] = (stop, Watch(type).RunAsync(stop.Token));
            }
        }
    }

    private static async Task StopAsync(CancellationTokenSource stop, Task run)
    {
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private void Look(ObjectIdentity item)
    {
        if (!_queue.Add(item) && !_overflowed)
        {
            _overflowed = true;
            StandaloneLog.CollectorOverflowed(_logger);
        }
    }

    private bool Failed(ObjectIdentity item, Exception exception)
    {
        StandaloneLog.WorkRetried(_logger, "The garbage collector", item.ToString(), exception.Message);
        return exception is StatusException;
    }

    private async Task LookAsync(ObjectIdentity identity, CancellationToken cancellationToken)
    {
        if (_overflowed && _queue.Count == 0)
        {
            _overflowed = false;
            _graph.All().ToList().ForEach(Look);
        }

        if (_types.Current.Find(identity.Resource) is not { } type)
        {
            return;
        }

        var snapshot = await _caches.Get(type).AnyAsync(cancellationToken);
        var item = snapshot.Find(type.KeyOf(identity.Namespace, identity.Name))?.Object;
        if (item is null || item.Metadata.Uid != identity.Uid)
        {
            return;
        }

        if (!item.Metadata.IsDeleting)
        {
            await CollectAsync(type, identity, item, cancellationToken);
        }
        else if (item.Metadata.Finalizers.Contains(Foreground, StringComparer.Ordinal))
        {
            await DeleteDependentsAsync(type, identity, item, cancellationToken);
        }
        else if (item.Metadata.Finalizers.Contains(Orphan, StringComparer.Ordinal))
        {
            await OrphanDependentsAsync(type, identity, item, cancellationToken);
        }
    }

    private async Task CollectAsync(ResourceType type, ObjectIdentity identity, KubeObject item, CancellationToken cancellationToken)
    {
        if (item.Metadata.OwnerReferences.Count == 0)
        {
            return;
        }

        var owners = await _resolver.ResolveAsync(type, item, cancellationToken);
        if (owners.Unknown.Count > 0)
        {
            _unresolved.TryAdd(identity, 0);
        }

        if (owners.Solid.Count + owners.Unknown.Count > 0)
        {
            if (owners.Solid.Count > 0 && owners.Absent.Count + owners.Waiting.Count > 0)
            {
                await KeepOwnersAsync(type, item, [.. owners.Solid, .. owners.Unknown], cancellationToken);
            }

            return;
        }

        var policy = owners.Waiting.Count > 0 && _graph.DependentsOf(identity.Uid).Count > 0 ? PropagationPolicy.Foreground : PolicyOf(item);
        await DeleteAsync(type, item, policy, cancellationToken);
    }

    private static PropagationPolicy PolicyOf(KubeObject item) =>
        item.Metadata.Finalizers.Contains(Orphan, StringComparer.Ordinal) ? PropagationPolicy.Orphan
        : item.Metadata.Finalizers.Contains(Foreground, StringComparer.Ordinal) ? PropagationPolicy.Foreground
        : PropagationPolicy.Background;

    private async Task DeleteAsync(ResourceType type, KubeObject item, PropagationPolicy policy, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions
        {
            PropagationPolicy = policy,
            PreconditionUid = item.Metadata.Uid,
            PreconditionResourceVersion = item.Metadata.ResourceVersion,
        };
        if (await _client.DeleteAsync(type, item.Metadata.Namespace, item.Metadata.Name, options, cancellationToken))
        {
            StandaloneLog.ObjectCollected(_logger, item.Describe());
        }
    }

    private async Task DeleteDependentsAsync(ResourceType type, ObjectIdentity identity, KubeObject item, CancellationToken cancellationToken)
    {
        bool blocked = false;
        foreach (var dependent in _graph.DependentsOf(identity.Uid))
        {
            blocked |= _graph.Blocks(dependent, identity.Uid);
            Look(dependent);
        }

        if (!blocked)
        {
            await ReleaseAsync(type, item, Foreground, cancellationToken);
        }
    }

    private async Task OrphanDependentsAsync(ResourceType type, ObjectIdentity identity, KubeObject item, CancellationToken cancellationToken)
    {
        foreach (var dependent in _graph.DependentsOf(identity.Uid))
        {
            if (_types.Current.Find(dependent.Resource) is { } dependentType
                && await _client.FindAsync(dependentType, dependent.Namespace, dependent.Name, cancellationToken) is { } found
                && found.Metadata.Uid == dependent.Uid)
            {
                await KeepOwnersAsync(
                    dependentType, found, [.. found.Metadata.OwnerReferences.Where(owner => owner.Uid != identity.Uid)], cancellationToken);
            }
        }

        await ReleaseAsync(type, item, Orphan, cancellationToken);
    }

    private Task KeepOwnersAsync(ResourceType type, KubeObject item, IReadOnlyList<OwnerReference> owners, CancellationToken cancellationToken)
    {
        var kept = owners.Select(static owner => owner.Uid).ToHashSet(StringComparer.Ordinal);
        var references = item.GetNode("metadata", "ownerReferences") as JsonArray ?? [];
        var left = references.Where(reference => (string?)reference?["uid"] is { } uid && kept.Contains(uid)).Select(static reference => reference!.DeepClone());
        return PatchAsync(type, item, "ownerReferences", new JsonArray([.. left]), cancellationToken);
    }

    private Task ReleaseAsync(ResourceType type, KubeObject item, string finalizer, CancellationToken cancellationToken) => PatchAsync(
        type,
        item,
        "finalizers",
        new JsonArray([.. item.Metadata.Finalizers.Where(f => f != finalizer).Select(static f => JsonValue.Create(f))]),
        cancellationToken);

    private async Task PatchAsync(ResourceType type, KubeObject item, string member, JsonArray value, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = item.Metadata.ResourceVersion, ["uid"] = item.Metadata.Uid, [member] = value },
        };
        try
        {
            await _client.PatchAsync(type, item.Metadata.Namespace, item.Metadata.Name, patch, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // It is gone, and with it what was to be changed.
        }
    }
}
