using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Authorization.Rbac;

/// <summary>
/// Holds ClusterRoles, ClusterRoleBindings, Roles and RoleBindings as they come and go; whoever follows them calls. A change holds for the next
/// decision. Safe for concurrent use.
/// </summary>
public sealed class RbacObjects : IRbacSource
{
    private readonly Lock _gate = new();
    private volatile RbacIndex _current = RbacIndex.Empty;

    /// <inheritdoc/>
    public RbacIndex Current => _current;

    /// <summary>Takes an object that is new or was changed. Other kinds are passed over.</summary>
    public void Put(KubeObject @object)
    {
        lock (_gate)
        {
            _current = _current.With(@object);
        }
    }

    /// <summary>Drops an object that was deleted.</summary>
    public void Remove(KubeObject @object)
    {
        lock (_gate)
        {
            _current = _current.Without(@object);
        }
    }

    /// <summary>Takes these and no others, in one step.</summary>
    public void Replace(IEnumerable<KubeObject> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var index = objects.Aggregate(RbacIndex.Empty, static (index, @object) => index.With(@object));
        lock (_gate)
        {
            _current = index;
        }
    }
}
