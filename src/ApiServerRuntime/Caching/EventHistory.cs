using KubeFed.ApiServerRuntime.Caching.Trees;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// The last events of a type, in revision order, in a ring whose capacity follows how fast they come (the rule is kube-apiserver's): full with
/// its oldest event still fresh it doubles, and full with a quarter of it spanning more than that it halves. Not safe for use by several threads.
/// </summary>
internal sealed class EventHistory
{
    private readonly ResourceCacheOptions _options;
    private readonly TimeProvider _time;
    private CacheEvent[] _ring;
    private int _first;
    private long _bytes;

    public EventHistory(ResourceCacheOptions options, TimeProvider time, ObjectTree tree, long revision)
    {
        _options = options;
        _time = time;
        _ring = new CacheEvent[options.MinEvents];
        BaseTree = tree;
        BaseRevision = revision;
    }

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many there may be before the oldest goes.</summary>
    public int Capacity => _ring.Length;

    /// <summary>Every event after this revision is there.</summary>
    public long BaseRevision { get; private set; }

    /// <summary>The objects at <see cref="BaseRevision"/>.</summary>
    public ObjectTree BaseTree { get; private set; }

    public CacheEvent this[int index] => _ring[Slot(index)];

    public void Add(CacheEvent @event)
    {
        if (Count == _ring.Length)
        {
            FitCapacity();
        }

        if (Count == _ring.Length)
        {
            DropOldest();
        }

        _ring[Slot(Count)] = @event;
        Count++;
        _bytes += @event.Bytes;
        while (_bytes > _options.MaxHistoryBytes && Count > 1)
        {
            DropOldest();
        }
    }

    /// <summary>Forgets what is older than the retention, down to the least that is kept.</summary>
    public void Trim()
    {
        while (Count > _options.MinEvents && _time.GetElapsedTime(this[0].Timestamp) > _options.HistoryRetention)
        {
            DropOldest();
        }

        if (Count <= _ring.Length / 4 && _ring.Length > _options.MinEvents)
        {
            Resize(Math.Max(_options.MinEvents, _ring.Length / 2));
        }
    }

    /// <summary>The index of the first event after a revision; <see cref="Count"/> when there is none.</summary>
    public int IndexAfter(long revision)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].Revision <= revision)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The objects as they were at a revision; null when that is forgotten.</summary>
    public ObjectTree? TreeAt(long revision)
    {
        if (revision < BaseRevision)
        {
            return null;
        }

        var index = IndexAfter(revision);
        return index == 0 ? BaseTree : this[index - 1].Tree;
    }

    private void FitCapacity()
    {
        if (_time.GetElapsedTime(this[0].Timestamp) < _options.FreshEvents)
        {
            if (_ring.Length < _options.MaxEvents)
            {
                Resize(Math.Min(_options.MaxEvents, _ring.Length * 2));
            }
        }
        else if (_ring.Length > _options.MinEvents
            && _time.GetElapsedTime(this[Count - (Count / 4)].Timestamp) > _options.FreshEvents)
        {
            Resize(Math.Max(_options.MinEvents, _ring.Length / 2));
        }
    }

    private void Resize(int capacity)
    {
        while (Count > capacity)
        {
            DropOldest();
        }

        var ring = new CacheEvent[capacity];
        for (var i = 0; i < Count; i++)
        {
            ring[i] = this[i];
        }

        _ring = ring;
        _first = 0;
    }

    private void DropOldest()
    {
        var oldest = this[0];
        BaseRevision = oldest.Revision;
        BaseTree = oldest.Tree;
        _bytes -= oldest.Bytes;
        _ring[_first] = null!;
        _first = Slot(1);
        Count--;
    }

    private int Slot(int index)
    {
        var slot = _first + index;
        return slot < _ring.Length ? slot : slot - _ring.Length;
    }
}
