using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Reads ranges page by page at one revision, so that neither side ever holds more than a bounded part as one message. The pages' size
/// follows the objects'.
/// </summary>
internal sealed class EtcdLister(EtcdChannel channel, EtcdKeys keys, EtcdStorageOptions options)
{
    private const int FirstPage = 500;
    private const int LargestPage = 10_000;
    private const int WantedBytes = 8 * 1024 * 1024;
    private const int MostRestarts = 3;

    public async Task<StoragePage> ListAsync(string prefix, StorageListOptions list, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await ListOnceAsync(prefix, list, cancellationToken);
            }
            catch (GrpcException e) when (EtcdErrors.IsCompacted(e))
            {
                if (list.Revision != 0 || restarts == MostRestarts)
                {
                    throw new RevisionCompactedException(list.Revision, 0);
                }
            }
            catch (GrpcException e) when (EtcdErrors.IsFuture(e))
            {
                throw new RevisionTooLargeException(list.Revision, await CurrentAsync(cancellationToken));
            }
        }
    }

    /// <summary>The newest revision there is, whoever made it.</summary>
    public async Task<long> CurrentAsync(CancellationToken cancellationToken)
    {
        var request = new RangeRequest { Key = keys.Marker, KeysOnly = true };
        var answer = await channel.ReadAsync(EtcdMethods.Range, request, options.RequestTimeout, cancellationToken);
        return answer.Header.Revision;
    }

    private async Task<StoragePage> ListOnceAsync(string prefix, StorageListOptions list, CancellationToken cancellationToken)
    {
        var items = new List<StoredValue>();
        var size = FirstPage;
        var request = new RangeRequest { Key = StartOf(prefix, list.StartKey), RangeEnd = keys.EndOf(prefix), Revision = list.Revision };
        if (string.CompareOrdinal(request.Key.ToStringUtf8(), request.RangeEnd.ToStringUtf8()) >= 0)
        {
            return await BeyondAsync(list.Revision, cancellationToken);
        }

        while (true)
        {
            request.Limit = list.Limit > 0 ? Math.Min(size, list.Limit - items.Count) : size;
            RangeResponse answer;
            try
            {
                answer = await channel.ReadAsync(EtcdMethods.Range, request, options.ListTimeout, cancellationToken);
            }
            catch (GrpcException e) when (EtcdErrors.IsAnswerTooLong(e) && request.Limit > 1)
            {
                size = (int)(request.Limit / 2);
                continue;
            }

            request.Revision = request.Revision == 0 ? answer.Header.Revision : request.Revision;
            var bytes = Take(answer, items);
            if (!answer.More || (list.Limit > 0 && items.Count >= list.Limit))
            {
                return new StoragePage(items, request.Revision, answer.More, answer.Count - answer.Kvs.Count);
            }

            request.Key = keys.ToEtcd(items[^1].Key + "\0");
            size = (int)Math.Clamp(WantedBytes / Math.Max(1, bytes / answer.Kvs.Count), 1, LargestPage);
        }
    }

    // A page that begins behind the range: nothing to read, but the revision must be one that exists.
    private async Task<StoragePage> BeyondAsync(long revision, CancellationToken cancellationToken)
    {
        var request = new RangeRequest { Key = keys.Marker, KeysOnly = true, Revision = revision };
        var answer = await channel.ReadAsync(EtcdMethods.Range, request, options.RequestTimeout, cancellationToken);
        return new StoragePage([], revision == 0 ? answer.Header.Revision : revision, More: false, Remaining: 0);
    }

    private Google.Protobuf.ByteString StartOf(string prefix, string? startKey) =>
        startKey is not null && string.CompareOrdinal(startKey, prefix) > 0
            ? keys.ToEtcd(startKey)
            : prefix.Length == 0 ? keys.Start : keys.ToEtcd(prefix);

    private long Take(RangeResponse answer, List<StoredValue> items)
    {
        var bytes = 0L;
        foreach (var pair in answer.Kvs)
        {
            bytes += pair.Value.Length;
            items.Add(new StoredValue(keys.FromEtcd(pair.Key), pair.Value.Memory, pair.ModRevision));
        }

        return bytes;
    }
}
