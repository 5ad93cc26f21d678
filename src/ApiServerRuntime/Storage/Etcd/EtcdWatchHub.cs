using System.Runtime.CompilerServices;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// All watches of one storage share one etcd watch of all objects: each event crosses the wire and is decoded once, and every write
/// moves every watch on, whatever its prefix. A watch that begins before the shared one, or falls further behind than what is kept in
/// memory, reads history by an etcd watch of its own until it has caught up. So a slow watch costs no memory and loses nothing.
/// </summary>
internal sealed class EtcdWatchHub(EtcdWatch watch, EtcdRevisionReader revisions, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private EtcdFeed? _feed;

    public async IAsyncEnumerable<StorageEventBatch> WatchAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var feed = Join();
        try
        {
            await feed.Ready.WaitAsync(cancellationToken);
            for (var position = afterRevision; ;)
            {
                feed.Read(prefix, position, out var batch, out var changed);
                if (batch is not null)
                {
                    yield return batch;
                    position = batch.Revision;
                }
                else if (changed is not null)
                {
                    await changed.WaitAsync(cancellationToken);
                }
                else
                {
                    await foreach (var past in CatchUpAsync(feed, position, cancellationToken))
                    {
                        yield return Select(past, prefix);
                        position = past.Revision;
                    }
                }
            }
        }
        finally
        {
            Leave(feed);
        }
    }

    private static StorageEventBatch Select(StorageEventBatch batch, string prefix) =>
        batch with { Events = [.. batch.Events.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))] };

    private async IAsyncEnumerable<StorageEventBatch> CatchUpAsync(
        EtcdFeed feed, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop);
        await foreach (var batch in watch.RunAsync(position, either.Token))
        {
            yield return batch;
            if (batch.Revision >= feed.Floor)
            {
                yield break;
            }
        }
    }

    private EtcdFeed Join()
    {
        lock (_gate)
        {
            if (_feed is null || _feed.HasEnded)
            {
                _feed = new EtcdFeed(watch, revisions, stop);
            }

            _feed.Readers++;
            return _feed;
        }
    }

    private void Leave(EtcdFeed feed)
    {
        lock (_gate)
        {
            if (--feed.Readers > 0)
            {
                return;
            }

            if (ReferenceEquals(_feed, feed))
            {
                _feed = null;
            }
        }

        feed.Stop();
    }
}
