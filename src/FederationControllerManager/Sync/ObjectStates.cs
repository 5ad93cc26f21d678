using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.FederationControllerManager.Sync;

/// <summary>The states of the federated objects of one type. There is one for each object of the type on the host at most.</summary>
internal sealed class ObjectStates
{
    private readonly ConcurrentDictionary<NamespacedName, ObjectState> _states = new();

    /// <summary>The state of an object, made when there is none, or when it is of an earlier object of that name.</summary>
    public ObjectState For(NamespacedName key, string uid) => _states.AddOrUpdate(
        key,
        static (_, id) => new ObjectState(id),
        static (_, state, id) => state.Uid == id ? state : new ObjectState(id),
        uid);

    /// <summary>The state of an object, or null.</summary>
    public ObjectState? Find(NamespacedName key) => _states.GetValueOrDefault(key);

    /// <summary>Forgets an object.</summary>
    public void Remove(NamespacedName key) => _states.TryRemove(key, out _);

    /// <summary>Lets every request to a cluster that failed be tried again at once.</summary>
    public void ForgetFailures(string cluster)
    {
        foreach (var state in _states.Values)
        {
            lock (state.Gate)
            {
                if (state.Clusters.TryGetValue(cluster, out var entry))
                {
                    entry.ForgetFailure();
                }
            }
        }
    }

    /// <summary>Forgets all about a cluster that is no longer registered, or whose requests were lost with its connection.</summary>
    public void ForgetCluster(string cluster)
    {
        foreach (var state in _states.Values)
        {
            lock (state.Gate)
            {
                state.Remove(cluster);
            }
        }
    }
}
