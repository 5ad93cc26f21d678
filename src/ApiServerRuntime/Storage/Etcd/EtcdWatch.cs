using System.Runtime.CompilerServices;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// One watch of all objects on a stream of its own, from a revision on. All objects, since then every write of any replica moves it on,
/// and that makes revisions comparable with <see cref="EtcdRevisionReader"/>'s.
/// </summary>
internal sealed class EtcdWatch(EtcdChannel channel, EtcdKeys keys, EtcdStorageOptions options)
{
    /// <summary>The batches after a revision. A revision is never split between two of them.</summary>
    public async IAsyncEnumerable<StorageEventBatch> RunAsync(long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(afterRevision, cancellationToken);
        await EnsureKeptAsync(afterRevision, cancellationToken);
        var assembler = new EtcdWatchAssembler(keys, afterRevision);
        while (true)
        {
            var response = await ReadAsync(stream, cancellationToken);
            if (response.Canceled)
            {
                throw Canceled(response, afterRevision);
            }

            if (assembler.Add(response) is { } batch)
            {
                yield return batch;
            }
        }
    }

    private static async Task<WatchResponse> ReadAsync(GrpcStream<WatchRequest, WatchResponse> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(cancellationToken) ?? throw new StorageUnavailableException("etcd ended the watch");
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.ToStorage(e);
        }
    }

    private static Exception Canceled(WatchResponse response, long afterRevision) =>
        response.CompactRevision > 0
            ? new RevisionCompactedException(afterRevision, response.CompactRevision)
            : new StorageUnavailableException($"etcd canceled the watch: {response.CancelReason}");

    private async Task<GrpcStream<WatchRequest, WatchResponse>> OpenAsync(long afterRevision, CancellationToken cancellationToken)
    {
        var create = new WatchCreateRequest
        {
            Key = keys.Start,
            RangeEnd = keys.End,
            StartRevision = afterRevision + 1,
            PrevKv = true,
            ProgressNotify = true,
            Fragment = true,
        };
        try
        {
            return await channel.OpenAsync(
                EtcdMethods.Watch, new WatchRequest { CreateRequest = create }, options.RequestTimeout, cancellationToken);
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.ToStorage(e);
        }
    }

    // etcd lets a watch begin at the compacted revision itself, whose removals are gone. A read at the revision before tells.
    private async Task EnsureKeptAsync(long afterRevision, CancellationToken cancellationToken)
    {
        var request = new RangeRequest { Key = keys.Marker, Revision = Math.Max(1, afterRevision), KeysOnly = true };
        try
        {
            await channel.ReadAsync(EtcdMethods.Range, request, options.RequestTimeout, cancellationToken);
        }
        catch (GrpcException e) when (EtcdErrors.IsFuture(e))
        {
            return;
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.IsCompacted(e) ? new RevisionCompactedException(afterRevision, 0) : EtcdErrors.ToStorage(e);
        }
    }
}
