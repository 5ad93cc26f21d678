using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Roles;

/// <summary>Gives the authorizer the roles and bindings that are stored, on every replica.</summary>
internal sealed class StoredRoles(IResourceCacheSet caches, TimeProvider time, ILogger logger)
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly ResourceType[] Types =
    [
        BuiltinTypes.Get(Group, "roles"),
        BuiltinTypes.Get(Group, "rolebindings"),
        BuiltinTypes.Get(Group, "clusterroles"),
        BuiltinTypes.Get(Group, "clusterrolebindings"),
    ];

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<KubeObject>?[] _objects = new IReadOnlyList<KubeObject>?[Types.Length];

    /// <summary>What the authorizer decides by.</summary>
    public RbacObjects Objects { get; } = new();

    /// <summary>Whether all have been read: until then rights may be missing.</summary>
    public bool HasRead
    {
        get
        {
            lock (_gate)
            {
                return _objects.All(static objects => objects is not null);
            }
        }
    }

    /// <summary>Follows them until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Types.Select((type, index) =>
        new SnapshotFollower(caches.Get(type), type.KeyPrefix, snapshot => Take(index, snapshot.Range(type.KeyPrefix)), time, logger).RunAsync(cancellationToken)));

    private void Take(int index, IEnumerable<CachedObject> objects)
    {
        lock (_gate)
        {
            _objects[index] = [.. objects.Select(static cached => cached.Object)];
            Objects.Replace(_objects.SelectMany(static known => known ?? []));
        }
    }
}
