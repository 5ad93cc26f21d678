using System.Globalization;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>
/// What a controller has written for each of its keys and has not yet seen in its informers. Whoever counts objects in a cache must wait
/// for this, or he makes what he has just made. Versions of this API server are numbers that grow over all resources. What is not seen within
/// <see cref="Patience"/> is forgotten: the cluster may have been wiped.
/// </summary>
internal sealed class OwnWrites(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, List<Pending>> _pending = [];

    /// <summary>Notes an object that was created or changed for a key.</summary>
    public void Wrote(NamespacedName key, IInformer informer, KubeObject result) =>
        Add(key, new Pending(informer, VersionOf(result.Metadata.ResourceVersion), result.Key, null, time.GetTimestamp()));

    /// <summary>Notes an object that was deleted for a key; <paramref name="remains"/> is what the server left of it, null for nothing.</summary>
    public void Deleted(NamespacedName key, IInformer informer, KubeObject deleted, KubeObject? remains)
    {
        if (remains is not null)
        {
            Wrote(key, informer, remains);
        }
        else
        {
            Add(key, new Pending(informer, 0, deleted.Key, deleted.Metadata.Uid, time.GetTimestamp()));
        }
    }

    /// <summary>Whether the informers show everything that was written for a key.</summary>
    public bool AreSeen(NamespacedName key)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(key, out var list))
            {
                return true;
            }

            list.RemoveAll(pending => pending.IsSeen || time.GetElapsedTime(pending.Since) > Patience);
            if (list.Count == 0)
            {
                _pending.Remove(key);
            }

            return list.Count == 0;
        }
    }

    private void Add(NamespacedName key, Pending pending)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(key, out var list))
            {
                _pending.Add(key, list = []);
            }

            list.Add(pending);
        }
    }

    private static long VersionOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private sealed record Pending(IInformer Informer, long Version, NamespacedName Object, string? GoneUid, long Since)
    {
        public bool IsSeen => GoneUid is null
            ? VersionOf(Informer.LastResourceVersion) >= Version
            : Informer.Store.Get(Object)?.Metadata.Uid != GoneUid;
    }
}
