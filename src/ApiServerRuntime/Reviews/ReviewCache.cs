namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>
/// Remembers answers for a while. Concurrent questions of one key share one lookup, which goes on when one of them gives up; failures are not
/// remembered. Holds a bounded number of answers and drops those asked for least recently. Safe for concurrent use.
/// </summary>
internal sealed class ReviewCache<TKey, TValue>(int capacity, Func<TValue, TimeSpan> lifetime, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>The remembered answer, or the one that <paramref name="find"/> gives, whose token ends with its own bound and not the caller's.</summary>
    public async ValueTask<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> find, CancellationToken cancellationToken)
    {
        Entry entry;
        lock (_gate)
        {
            entry = Find(key) ?? Add(key, find);
        }

        return await entry.Answer.WaitAsync(cancellationToken);
    }

    private Entry? Find(TKey key)
    {
        if (!_entries.TryGetValue(key, out var node))
        {
            return null;
        }

        if (IsOver(node.Value))
        {
            Remove(node);
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value;
    }

    private bool IsOver(Entry entry) =>
        entry.Answer.IsFaulted || entry.Answer.IsCanceled
        || (entry.KeptUntil is { } until && time.GetUtcNow() >= until);

    private Entry Add(TKey key, Func<TKey, Task<TValue>> find)
    {
        while (_entries.Count >= capacity)
        {
            Remove(_byUse.Last!);
        }

        var entry = new Entry(key);
        _entries[key] = _byUse.AddFirst(entry);
        entry.Answer = AskAsync(entry, find);
        return entry;
    }

    private async Task<TValue> AskAsync(Entry entry, Func<TKey, Task<TValue>> find)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var answer = await find(entry.Key);
        lock (_gate)
        {
            entry.KeptUntil = time.GetUtcNow() + lifetime(answer);
        }

        return answer;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Key);
    }

    private sealed class Entry(TKey key)
    {
        public TKey Key { get; } = key;

        public Task<TValue> Answer { get; set; } = null!;

        public DateTimeOffset? KeptUntil { get; set; }
    }
}
