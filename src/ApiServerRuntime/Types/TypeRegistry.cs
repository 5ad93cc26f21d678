using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>
/// The types that a server serves, put together from named sets: those built in, those of definitions, those that are computed. Of two sets
/// that have the same resource the one whose owner sorts first wins. Safe for concurrent use.
/// </summary>
/// <param name="groupVersions">Group versions that are served even while they have no type (see <see cref="TypeSnapshot.GroupVersions"/>).</param>
public sealed class TypeRegistry(params IReadOnlyList<GroupVersion> groupVersions) : ITypeSource
{
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<string, ImmutableArray<ResourceType>> _sets =
        ImmutableSortedDictionary.Create<string, ImmutableArray<ResourceType>>(StringComparer.Ordinal);

    private ImmutableList<Subscription> _subscriptions = [];
    private volatile TypeSnapshot _current = new([], groupVersions);

    /// <inheritdoc/>
    public TypeSnapshot Current => _current;

    /// <summary>
    /// Replaces the types of an owner, all at once; none removes the owner. Returns when everybody who listens was called. Types that are
    /// the same instances as before are the same to all who listen.
    /// </summary>
    public void SetTypes(string owner, IEnumerable<ResourceType> types)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ImmutableArray<ResourceType> set = [.. types];
        lock (_gate)
        {
            _sets = set.IsEmpty ? _sets.Remove(owner) : _sets.SetItem(owner, set);
            _current = new TypeSnapshot(_sets.Values.SelectMany(static s => s), groupVersions);
            foreach (var subscription in _subscriptions)
            {
                subscription.Changed(_current);
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable OnChange(Action<TypeSnapshot> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var subscription = new Subscription(this, changed);
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add(subscription);
        }

        return subscription;
    }

    private sealed class Subscription(TypeRegistry registry, Action<TypeSnapshot> changed) : IDisposable
    {
        public Action<TypeSnapshot> Changed => changed;

        public void Dispose()
        {
            lock (registry._gate)
            {
                registry._subscriptions = registry._subscriptions.Remove(this);
            }
        }
    }
}
