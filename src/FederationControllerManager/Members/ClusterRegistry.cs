using System.Collections.Immutable;

namespace KubeFed.FederationControllerManager.Members;

/// <summary>
/// The registered clusters: an immutable snapshot that the cluster controller replaces and everybody reads without a lock.
/// </summary>
internal sealed class ClusterRegistry
{
    private readonly Lock _lock = new();
    private ImmutableArray<IClusterObserver> _observers = [];
    private volatile ImmutableSortedDictionary<string, ClusterView> _clusters =
        ImmutableSortedDictionary.Create<string, ClusterView>(StringComparer.Ordinal);

    /// <summary>All registered clusters, ready or not, by name.</summary>
    public ImmutableSortedDictionary<string, ClusterView> Clusters => _clusters;

    /// <summary>One cluster, or null.</summary>
    public ClusterView? Get(string name) => _clusters.GetValueOrDefault(name);

    /// <summary>Adds or replaces a cluster and tells the observers when anything they can see differs.</summary>
    public void Set(ClusterView view)
    {
        lock (_lock)
        {
            var old = _clusters.GetValueOrDefault(view.Name);
            _clusters = _clusters.SetItem(view.Name, view);
            if (view is { IsReady: true, Member: { } member })
            {
                member.Dispatcher.NoteHealthy();
                if (old is { IsReady: false })
                {
                    member.Informers.Hurry();
                }
            }

            // How a probe failed changes from one to the next, and is nobody's concern.
            if (old is null || old with { Message = view.Message } != view)
            {
                Tell(old, view);
            }
        }
    }

    /// <summary>Removes a cluster; returns it, or null where there was none.</summary>
    public ClusterView? Remove(string name)
    {
        lock (_lock)
        {
            if (!_clusters.TryGetValue(name, out var old))
            {
                return null;
            }

            _clusters = _clusters.Remove(name);
            Tell(old, null);
            return old;
        }
    }

    /// <summary>Adds an observer, which first hears of every cluster there is. Disposing the result removes it.</summary>
    public IDisposable Observe(IClusterObserver observer)
    {
        lock (_lock)
        {
            _observers = _observers.Add(observer);
            foreach (var view in _clusters.Values)
            {
                observer.OnClusterChanged(null, view);
            }
        }

        return new Registration(this, observer);
    }

    private void Tell(ClusterView? old, ClusterView? current)
    {
        foreach (var observer in _observers)
        {
            observer.OnClusterChanged(old, current);
        }
    }

    private sealed class Registration(ClusterRegistry registry, IClusterObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (registry._lock)
            {
                registry._observers = registry._observers.Remove(observer);
            }
        }
    }
}
