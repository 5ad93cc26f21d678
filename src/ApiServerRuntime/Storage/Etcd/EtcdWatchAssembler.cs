using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>Makes batches of the responses of one watch. Joins what etcd cut into fragments, so that a revision stays whole.</summary>
internal sealed class EtcdWatchAssembler(EtcdKeys keys, long afterRevision)
{
    private List<StorageEvent> _pending = [];
    private long _reported = afterRevision;

    /// <summary>Takes a response; returns what is now complete, null when that is nothing.</summary>
    /// <exception cref="RevisionCompactedException">History was compacted before this watch had read it.</exception>
    public StorageEventBatch? Add(WatchResponse response)
    {
        foreach (var item in response.Events)
        {
            if (item.Kv.ModRevision > _reported)
            {
                _pending.Add(Convert(item));
            }
        }

        if (response.Fragment)
        {
            return TakeBefore(_pending.Count == 0 ? 0 : _pending[^1].Revision);
        }

        if (_pending.Count > 0)
        {
            return TakeAll();
        }

        var isProgress = !response.Created && response.Events.Count == 0 && response.WatchId >= 0;
        return isProgress ? Progress(response.Header.Revision) : null;
    }

    // etcd reports progress of a watch in order with its events, and only when it has sent them all. What is addressed to no watch in
    // particular (an answer to a progress request) is not in order in old versions.
    private StorageEventBatch? Progress(long revision)
    {
        if (revision <= _reported)
        {
            return null;
        }

        _reported = revision;
        return new StorageEventBatch([], revision);
    }

    private StorageEventBatch TakeAll()
    {
        var events = _pending;
        _pending = [];
        _reported = events[^1].Revision;
        return new StorageEventBatch(events, _reported);
    }

    private StorageEventBatch? TakeBefore(long revision)
    {
        var count = _pending.FindIndex(item => item.Revision >= revision);
        if (count <= 0)
        {
            return null;
        }

        var events = _pending[..count];
        _pending = _pending[count..];
        _reported = events[^1].Revision;
        return new StorageEventBatch(events, _reported);
    }

    private StorageEvent Convert(Event item)
    {
        var revision = item.Kv.ModRevision;
        var isDelete = item.Type == Event.Types.EventType.Delete;
        if (item.PrevKv is null && (isDelete || item.Kv.CreateRevision != revision))
        {
            throw new RevisionCompactedException(_reported, 0);
        }

        var key = keys.FromEtcd(item.Kv.Key);
        var value = isDelete ? null : new StoredValue(key, item.Kv.Value.Memory, revision);
        var previous = item.PrevKv is { } old ? new StoredValue(key, old.Value.Memory, old.ModRevision) : null;
        return new StorageEvent(key, revision, value, previous);
    }
}
