using System.Collections.Frozen;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>Finds out how it stands with the owners of objects, from the caches; that one is gone only from a cache that has seen every write.</summary>
internal sealed class OwnerResolver(ITypeSource types, IResourceCacheSet caches, OwnerGraph graph, OwnerWarnings warnings)
{
    private const string Foreground = "foregroundDeletion";
    private KindIndex? _index;

    private enum State
    {
        Solid,
        Absent,
        Waiting,
        Unknown,
    }

    /// <summary>The states of an object's owners.</summary>
    public async Task<OwnerStates> ResolveAsync(ResourceType type, KubeObject item, CancellationToken cancellationToken)
    {
        var states = new Dictionary<State, List<OwnerReference>>();
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            var state = await StateOfAsync(type, item, owner, cancellationToken);
            if (!states.TryGetValue(state, out var list))
            {
                states[state] = list = [];
            }

            list.Add(owner);
        }

        return new OwnerStates(Of(State.Solid), Of(State.Absent), Of(State.Waiting), Of(State.Unknown));
        IReadOnlyList<OwnerReference> Of(State state) => states.TryGetValue(state, out var list) ? list : [];
    }

    private async Task<State> StateOfAsync(ResourceType type, KubeObject item, OwnerReference owner, CancellationToken cancellationToken)
    {
        if (FindType(owner) is not { } ownerType)
        {
            return State.Unknown;
        }

        if (ownerType.Scope == ResourceScope.Namespaced && type.Scope == ResourceScope.Cluster)
        {
            await warnings.WarnAsync(type, item, $"ownerRef {Describe(owner)} of a cluster-scoped object names a namespaced kind", cancellationToken);
            return State.Unknown;
        }

        string key = ownerType.KeyOf(item.Metadata.Namespace, owner.Name);
        var cache = caches.Get(ownerType);
        var found = (await cache.AnyAsync(cancellationToken)).Find(key);
        if (found?.Object.Metadata.Uid != owner.Uid)
        {
            var newest = await cache.NewestAsync(cancellationToken);
            found = newest.Find(key);
            if (found?.Object.Metadata.Uid != owner.Uid)
            {
                await WarnOfNamespaceAsync(type, item, owner, ownerType, newest, cancellationToken);
                return State.Absent;
            }
        }

        var metadata = found.Object.Metadata;
        return metadata.IsDeleting && metadata.Finalizers.Contains(Foreground, StringComparer.Ordinal) ? State.Waiting : State.Solid;
    }

    private async Task WarnOfNamespaceAsync(
        ResourceType type, KubeObject item, OwnerReference owner, ResourceType ownerType, ResourceSnapshot owners, CancellationToken cancellationToken)
    {
        if (ownerType.Scope == ResourceScope.Namespaced
            && !graph.WasDeleted(owner.Uid)
            && owners.Range(ownerType.KeyPrefix).Any(other => other.Object.Metadata.Uid == owner.Uid))
        {
            await warnings.WarnAsync(
                type, item, $"ownerRef {Describe(owner)} does not exist in namespace \"{item.Metadata.Namespace}\"", cancellationToken);
        }
    }

    private static string Describe(OwnerReference owner) => $"[{owner.ApiVersion}/{owner.Kind}, name: {owner.Name}, uid: {owner.Uid}]";

    private ResourceType? FindType(OwnerReference owner)
    {
        var index = _index;
        var current = types.Current;
        if (index?.Source != current)
        {
            _index = index = new KindIndex(current, current.Types.DistinctBy(static t => t.GroupKind).ToFrozenDictionary(static t => t.GroupKind));
        }

        int slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var found = index.Types.GetValueOrDefault(new GroupKind(slash < 0 ? string.Empty : owner.ApiVersion[..slash], owner.Kind));
        return found is not null && GarbageCollector.IsCollected(found) ? found : null;
    }

    private sealed record KindIndex(TypeSnapshot Source, FrozenDictionary<GroupKind, ResourceType> Types);
}
