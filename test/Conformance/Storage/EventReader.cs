using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.Conformance.Storage;

/// <summary>Reads a watch event by event, and holds it to the rules on revisions.</summary>
internal sealed class EventReader(IStorage store, string prefix, long afterRevision, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<StorageEventBatch> _batches =
        store.WatchAsync(prefix, afterRevision, cancellationToken).GetAsyncEnumerator(CancellationToken.None);

    private readonly Queue<StorageEvent> _pending = new();
    private long _lastEvent = afterRevision;

    /// <summary>The revision that was reported last.</summary>
    public long Revision { get; private set; } = afterRevision;

    public async Task<StorageEvent> NextAsync()
    {
        while (_pending.Count == 0)
        {
            await ReadBatchAsync();
        }

        return _pending.Dequeue();
    }

    public async Task<IReadOnlyList<StorageEvent>> NextAsync(int count)
    {
        List<StorageEvent> events = [];
        while (events.Count < count)
        {
            events.Add(await NextAsync());
        }

        return events;
    }

    /// <summary>Every event up to a revision.</summary>
    public async Task<IReadOnlyList<StorageEvent>> ThroughAsync(long revision)
    {
        while (Revision < revision)
        {
            await ReadBatchAsync();
        }

        List<StorageEvent> events = [.. _pending];
        _pending.Clear();
        return events;
    }

    public ValueTask DisposeAsync() => _batches.DisposeAsync();

    private async Task ReadBatchAsync()
    {
        Assert.That(await _batches.MoveNextAsync(), Is.True, "a watch ends only by an exception");
        var batch = _batches.Current;
        foreach (var written in batch.Events)
        {
            Assert.That(written.Revision, Is.GreaterThan(_lastEvent), $"revision of the event of {written.Key}");
            Assert.That(written.Revision, Is.LessThanOrEqualTo(batch.Revision), $"revision of the event of {written.Key}");
            Assert.That(written.Revision, Is.GreaterThan(Revision), "an event at or before what was reported as complete");
            Assert.That(written.Key, Does.StartWith(prefix));
            Assert.That(written.Value?.Revision ?? written.Revision, Is.EqualTo(written.Revision));
            _lastEvent = written.Revision;
            _pending.Enqueue(written);
        }

        Assert.That(batch.Revision, Is.GreaterThanOrEqualTo(Revision), "the reported revision");
        Revision = batch.Revision;
    }
}
