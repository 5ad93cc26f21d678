using System.Collections.Concurrent;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Dispatch;

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
    public void ForgetFailures(string cluster) => ForEach(cluster, static (_, _, entry) => entry.ForgetFailure());

    /// <summary>Forgets all about a cluster that is no longer registered.</summary>
    public void ForgetCluster(string cluster) => ForEach(cluster, static (state, name, _) => state.Remove(name));

    /// <summary>Notes that the requests to a cluster were lost with its connection.</summary>
    public void LoseConnection(string cluster) => ForEach(cluster, static (_, _, entry) => entry.LoseConnection());

    /// <summary>Takes back what has not begun in a cluster.</summary>
    public void TakeBack(string cluster, MemberDispatcher dispatcher) => ForEach(cluster, (_, _, entry) =>
    {
        if (entry.Outstanding is { } intent && dispatcher.TryWithdraw(intent))
        {
            entry.TakeBack();
        }
    });

    private void ForEach(string cluster, Action<ObjectState, string, ClusterState> action)
    {
        foreach (var state in _states.Values)
        {
            lock (state.Gate)
            {
                if (state.Clusters.TryGetValue(cluster, out var entry))
                {
                    action(state, cluster, entry);
                }
            }
        }
    }
}
