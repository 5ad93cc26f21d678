using System.Collections.Immutable;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using Microsoft.Extensions.Logging;
using Buckets = System.Collections.Immutable.ImmutableDictionary<
    string,
    System.Collections.Immutable.ImmutableDictionary<KubeFed.ApiMachinery.Identity.NamespacedName, KubeFed.ApiMachinery.Objects.KubeObject>>;

namespace KubeFed.KubeClient.Informers;

/// <summary>
/// An immutable snapshot swapped through one field: one writer, any number of readers that never wait. Lists are views
/// of a snapshot and cost nothing to take.
/// </summary>
internal sealed class ResourceStore : IResourceStore
{
    private static readonly ImmutableDictionary<NamespacedName, KubeObject> NoObjects = ImmutableDictionary<NamespacedName, KubeObject>.Empty;
    private static readonly Buckets NoBuckets = ImmutableDictionary.Create<string, ImmutableDictionary<NamespacedName, KubeObject>>(StringComparer.Ordinal);

    private readonly GroupVersionResource _resource;
    private readonly (string Name, Func<KubeObject, IEnumerable<string>> Values)[] _indexes;
    private readonly ILogger _logger;
    private readonly ResourceMeters _meters;
    private volatile StoreSnapshot _current;

    public ResourceStore(GroupVersionResource resource, InformerOptions options, ILogger logger, ResourceMeters meters)
    {
        _resource = resource;
        _indexes = [.. options.Indexes.Select(static i => (i.Key, i.Value))];
        _logger = logger;
        _meters = meters;
        _current = new StoreSnapshot(NoObjects, [.. _indexes.Select(static _ => NoBuckets)]);
    }

    public int Count => _current.Objects.Count;

    public KubeObject? Get(NamespacedName key) => _current.Objects.GetValueOrDefault(key);

    public IReadOnlyCollection<KubeObject> List() => new SnapshotCollection(_current.Objects);

    public IReadOnlyCollection<KubeObject> ByIndex(string index, string value)
    {
        var at = Array.FindIndex(_indexes, i => i.Name == index);
        if (at < 0)
        {
            throw new ArgumentException($"no index \"{index}\" is registered for {_resource}", nameof(index));
        }

        return _current.Indexes[at].TryGetValue(value, out var found) ? new SnapshotCollection(found) : [];
    }

    /// <summary>Puts an object in the place of what has its key and returns that.</summary>
    public KubeObject? Set(KubeObject value)
    {
        var (objects, indexes) = _current;
        var old = objects.GetValueOrDefault(value.Key);
        for (var i = 0; i < _indexes.Length; i++)
        {
            var kept = old is null ? indexes[i] : Unfile(indexes[i], ValuesOf(i, old), old.Key);
            indexes = indexes.SetItem(i, File(kept, ValuesOf(i, value), value));
        }

        _current = new StoreSnapshot(objects.SetItem(value.Key, value), indexes);
        _meters.Objects(old is null ? 1 : 0);
        return old;
    }

    /// <summary>Takes an object out and returns it, or null when there was none.</summary>
    public KubeObject? Remove(NamespacedName key)
    {
        var (objects, indexes) = _current;
        if (objects.GetValueOrDefault(key) is not { } old)
        {
            return null;
        }

        for (var i = 0; i < _indexes.Length; i++)
        {
            indexes = indexes.SetItem(i, Unfile(indexes[i], ValuesOf(i, old), key));
        }

        _current = new StoreSnapshot(objects.Remove(key), indexes);
        _meters.Objects(-1);
        return old;
    }

    /// <summary>Puts a whole list in the place of everything and returns what was there.</summary>
    public ImmutableDictionary<NamespacedName, KubeObject> Replace(IEnumerable<KubeObject> values)
    {
        var old = _current.Objects;
        var objects = NoObjects.ToBuilder();
        foreach (var value in values)
        {
            objects[value.Key] = value;
        }

        var all = objects.ToImmutable();
        _current = new StoreSnapshot(all, [.. Enumerable.Range(0, _indexes.Length).Select(i => BuildIndex(i, all))]);
        _meters.Objects(all.Count - old.Count);
        return old;
    }

    private static Buckets File(Buckets buckets, IEnumerable<string> values, KubeObject value)
    {
        foreach (var name in values)
        {
            buckets = buckets.SetItem(name, (buckets.GetValueOrDefault(name) ?? NoObjects).SetItem(value.Key, value));
        }

        return buckets;
    }

    private static Buckets Unfile(Buckets buckets, IEnumerable<string> values, NamespacedName key)
    {
        foreach (var name in values)
        {
            if (buckets.TryGetValue(name, out var bucket))
            {
                var rest = bucket.Remove(key);
                buckets = rest.IsEmpty ? buckets.Remove(name) : buckets.SetItem(name, rest);
            }
        }

        return buckets;
    }

    private Buckets BuildIndex(int index, ImmutableDictionary<NamespacedName, KubeObject> objects)
    {
        var building = new Dictionary<string, ImmutableDictionary<NamespacedName, KubeObject>.Builder>(StringComparer.Ordinal);
        foreach (var (key, value) in objects)
        {
            foreach (var name in ValuesOf(index, value))
            {
                if (!building.TryGetValue(name, out var bucket))
                {
                    building[name] = bucket = NoObjects.ToBuilder();
                }

                bucket[key] = value;
            }
        }

        return NoBuckets.AddRange(building.Select(static b => KeyValuePair.Create(b.Key, b.Value.ToImmutable())));
    }

    private IReadOnlyCollection<string> ValuesOf(int index, KubeObject value)
    {
        try
        {
            return [.. _indexes[index].Values(value)];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _meters.HandlerFailed();
            InformerLog.IndexThrew(_logger, _resource, _indexes[index].Name, value.Key, e);
            return [];
        }
    }
}
