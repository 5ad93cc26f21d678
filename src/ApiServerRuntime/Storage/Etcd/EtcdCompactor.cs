using System.Globalization;
using System.Text;
using Google.Protobuf;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Gives up history now and then. Of all servers on one etcd, kube-apiservers too, one does it each time: that which first swaps the
/// version of the key they share. It compacts to the newest revision that it saw at least the history window ago.
/// </summary>
internal sealed class EtcdCompactor(EtcdChannel channel, EtcdStorageOptions options, TimeProvider time, ILogger logger)
{
    private const int MostSeen = 10_000;
    private static readonly ByteString Key = ByteString.CopyFromUtf8("compact_rev_key");

    private readonly Queue<(long At, long Revision)> _seen = [];
    private long _version;
    private long _target;

    /// <summary>Compacts once per interval until the token.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.CompactionInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>One round: whether this replica compacted.</summary>
    internal async Task<bool> OnceAsync(CancellationToken cancellationToken)
    {
        var target = Target();
        var value = Encoding.ASCII.GetBytes(target.ToString(CultureInfo.InvariantCulture));
        var answer = await channel.WriteAsync(
            EtcdMethods.Txn,
            new TxnRequest
            {
                Compare = { EtcdRequests.AtVersion(Key, _version) },
                Success = { EtcdRequests.Put(Key, value) },
                Failure = { EtcdRequests.Get(Key) },
            },
            options.RequestTimeout,
            cancellationToken);
        Remember(answer.Header.Revision);
        if (!answer.Succeeded)
        {
            _version = answer.Responses[0].ResponseRange.Kvs is [var other, ..] ? other.Version : 0;
            return false;
        }

        _version++;
        if (target == 0)
        {
            return false;
        }

        await CompactAsync(target, cancellationToken);
        EtcdLog.Compacted(logger, target);
        return true;
    }

    private async Task TryOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OnceAsync(cancellationToken);
        }
        catch (Exception e) when (e is GrpcException or StorageUnavailableException)
        {
            EtcdLog.CompactionFailed(logger, e.Message);
        }
    }

    private async Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            await channel.ReadAsync(
                EtcdMethods.Compact, new CompactionRequest { Revision = revision }, options.RequestTimeout, cancellationToken);
        }
        catch (GrpcException e) when (EtcdErrors.IsCompacted(e))
        {
            EtcdLog.AlreadyCompacted(logger, revision);
        }
    }

    /// <summary>The newest revision seen at least the window ago; 0 when none was.</summary>
    private long Target()
    {
        while (_seen.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= options.HistoryWindow)
        {
            _target = oldest.Revision;
            _seen.Dequeue();
        }

        return _target;
    }

    private void Remember(long revision)
    {
        if (_seen.Count < MostSeen)
        {
            _seen.Enqueue((time.GetTimestamp(), revision));
        }
    }
}
