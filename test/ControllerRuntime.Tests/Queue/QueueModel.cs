namespace KubeFed.ControllerRuntime.Tests.Queue;

/// <summary>The queue as its contract describes it, without a thought for speed.</summary>
internal sealed class QueueModel
{
    private readonly List<int> _ready = [];
    private readonly HashSet<int> _dirty = [];
    private readonly Dictionary<int, (long At, long Order)> _delayed = [];
    private readonly Dictionary<int, int> _failures = [];
    private long _order;

    public HashSet<int> Processing { get; } = [];

    public IReadOnlyList<int> Ready => _ready;

    public IEnumerable<int> Delayed => _delayed.Keys;

    public void Add(int key)
    {
        _delayed.Remove(key);
        if (_dirty.Add(key) && !Processing.Contains(key))
        {
            _ready.Add(key);
        }
    }

    public void AddAfter(int key, long now, long delay)
    {
        if (delay <= 0)
        {
            Add(key);
        }
        else if (!_dirty.Contains(key) && (!_delayed.TryGetValue(key, out var pending) || now + delay < pending.At))
        {
            _delayed[key] = (now + delay, _order++);
        }
    }

    public long AddRateLimited(int key, long now, long unit, long cap)
    {
        var failures = Failures(key) + 1;
        _failures[key] = failures;
        var delay = Math.Min(unit << Math.Min(failures - 1, 20), cap);
        AddAfter(key, now, delay);
        return delay;
    }

    public int Failures(int key) => _failures.GetValueOrDefault(key);

    public void Forget(int key) => _failures.Remove(key);

    public int Take()
    {
        var key = _ready[0];
        _ready.RemoveAt(0);
        _dirty.Remove(key);
        Processing.Add(key);
        return key;
    }

    public void Done(int key)
    {
        Processing.Remove(key);
        if (_dirty.Contains(key))
        {
            _ready.Add(key);
        }
    }

    public void AdvanceTo(long now)
    {
        foreach (var (key, _) in _delayed.Where(pair => pair.Value.At <= now).OrderBy(pair => pair.Value.At).ToList())
        {
            Add(key);
        }
    }
}
