namespace KubeFed.ApiServerRuntime.Storage.Memory;

/// <summary>The keys that are to be removed, by time. Not safe for use by several threads at once.</summary>
internal sealed class Expirations
{
    private readonly PriorityQueue<(string Key, long Revision), DateTimeOffset> _queue = new();

    internal DateTimeOffset? Next => _queue.TryPeek(out _, out var due) ? due : null;

    internal void Add(string key, long revision, DateTimeOffset due) => _queue.Enqueue((key, revision), due);

    internal bool TryTake(DateTimeOffset now, out string key, out long revision)
    {
        if (_queue.TryPeek(out var entry, out var due) && due <= now)
        {
            _queue.Dequeue();
            (key, revision) = entry;
            return true;
        }

        (key, revision) = ("", 0);
        return false;
    }
}
