using System.Runtime.CompilerServices;
using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>
/// Objects in etcd 3.4 or later, laid out as kube-apiserver does: the value of <c>&lt;prefix&gt;&lt;key&gt;</c> is the bytes as given, its
/// modification revision the object's. Any number of replicas may share an etcd. Every write is one transaction, hence one round trip.
/// </summary>
/// <remarks>
/// A write also puts the key <c>&lt;prefix&gt;~revision</c>, by whose revision <see cref="ReadRevisionAsync"/> knows the last write of any
/// replica with one read and any version of etcd. All watches share one of etcd's. Objects whose time to live ends together may vanish in
/// one revision: then several events of a watch have the same one.
/// </remarks>
public sealed class EtcdStorage : IStorage
{
    private readonly EtcdStorageOptions _options;
    private readonly EtcdChannel _channel;
    private readonly EtcdKeys _keys;
    private readonly EtcdLister _lister;
    private readonly EtcdLeases _leases;
    private readonly EtcdRevisionReader _revisions;
    private readonly EtcdWatchHub _watches;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _compaction;
    private int _disposed;

    /// <summary>Begins to use an etcd. Connections are made when needed: it need not be up.</summary>
    /// <param name="options">Where it is and how it is spoken to.</param>
    /// <param name="time">The clock of timeouts, leases and compaction.</param>
    /// <param name="logger">Told of members that fail and return, and of compaction.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message holds all that is.</exception>
    public EtcdStorage(EtcdStorageOptions options, TimeProvider time, ILogger<EtcdStorage> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(options));
        }

        _options = options;
        _keys = new EtcdKeys(options.Prefix);
        _channel = new EtcdChannel(options, time, logger);
        _lister = new EtcdLister(_channel, _keys, options);
        _leases = new EtcdLeases(_channel, options, time);
        _revisions = new EtcdRevisionReader(_channel, _keys, options.RequestTimeout);
        _watches = new EtcdWatchHub(new EtcdWatch(_channel, _keys, options), _revisions, _stop.Token);
        _compaction = options.CompactionInterval > TimeSpan.Zero
            ? new EtcdCompactor(_channel, options, time, logger).RunAsync(_stop.Token)
            : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        ThrowIfDisposed();
        var answer = await TranslateAsync(
            _channel.ReadAsync(EtcdMethods.Range, new RangeRequest { Key = _keys.ToEtcd(key) }, _options.RequestTimeout, cancellationToken));
        return answer.Kvs is [var found, ..] ? ToValue(key, found) : null;
    }

    /// <inheritdoc/>
    public Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Limit, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Revision, nameof(options));
        ThrowIfDisposed();
        return TranslateAsync(_lister.ListAsync(prefix, options, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> CreateAsync(
        string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        PutAsync(key, value, 0, timeToLive, cancellationToken);

    /// <inheritdoc/>
    public Task<StorageWriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        return PutAsync(key, value, expectedRevision, timeToLive, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedRevision);
        ThrowIfDisposed();
        return TranslateAsync(WriteAsync(key, expectedRevision, EtcdRequests.Delete(_keys.ToEtcd(key)), cancellationToken));
    }

    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return TranslateAsync(_revisions.ReadAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StorageEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken)
    {
        StorageKeys.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfNegative(afterRevision);
        return WatchCoreAsync(prefix, afterRevision, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        try
        {
            await _channel.ReadAsync(
                EtcdMethods.Compact, new CompactionRequest { Revision = revision }, _options.RequestTimeout, cancellationToken);
        }
        catch (GrpcException e) when (EtcdErrors.IsCompacted(e))
        {
            return;
        }
        catch (GrpcException e) when (EtcdErrors.IsFuture(e))
        {
            throw new RevisionTooLargeException(revision, await TranslateAsync(_lister.CurrentAsync(cancellationToken)));
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.ToStorage(e);
        }
    }

    /// <summary>Ends watches and compaction and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        await _compaction;
        _channel.Dispose();
        _stop.Dispose();
    }

    private static StoredValue ToValue(string key, KeyValue pair) => new(key, pair.Value.Memory, pair.ModRevision);

    private static async Task<T> TranslateAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.ToStorage(e);
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

    private async IAsyncEnumerable<StorageEventBatch> WatchCoreAsync(
        string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        await using var batches = _watches.WatchAsync(prefix, afterRevision, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(batches, cancellationToken))
        {
            yield return batches.Current;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<StorageEventBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (OperationCanceledException e) when (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("the store was closed", e);
        }
    }

    private async Task<StorageWriteResult> PutAsync(
        string key, ReadOnlyMemory<byte> value, long expected, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        StorageKeys.Check(key);
        StorageKeys.CheckTimeToLive(timeToLive);
        ThrowIfDisposed();
        if (timeToLive is not { } ttl)
        {
            return await TranslateAsync(WriteAsync(key, expected, EtcdRequests.Put(_keys.ToEtcd(key), value), cancellationToken));
        }

        try
        {
            return await PutLeasedAsync(key, value, expected, ttl, mayRepeat: true, cancellationToken);
        }
        catch (GrpcException e)
        {
            throw EtcdErrors.ToStorage(e);
        }
    }

    private async Task<StorageWriteResult> PutLeasedAsync(
        string key, ReadOnlyMemory<byte> value, long expected, TimeSpan ttl, bool mayRepeat, CancellationToken cancellationToken)
    {
        var lease = await _leases.GetAsync(ttl, cancellationToken);
        try
        {
            return await WriteAsync(key, expected, EtcdRequests.Put(_keys.ToEtcd(key), value, lease), cancellationToken);
        }
        catch (GrpcException e) when (EtcdErrors.IsLeaseNotFound(e) && mayRepeat)
        {
            _leases.Forget(lease);
        }

        return await PutLeasedAsync(key, value, expected, ttl, mayRepeat: false, cancellationToken);
    }

    private async Task<StorageWriteResult> WriteAsync(string key, long expected, RequestOp write, CancellationToken cancellationToken)
    {
        var etcdKey = _keys.ToEtcd(key);
        var request = new TxnRequest
        {
            Compare = { EtcdRequests.AtRevision(etcdKey, expected) },
            Success = { write, EtcdRequests.Put(_keys.Marker, ReadOnlyMemory<byte>.Empty) },
            Failure = { EtcdRequests.Get(etcdKey) },
        };
        var answer = await _channel.WriteAsync(EtcdMethods.Txn, request, _options.RequestTimeout, cancellationToken);
        if (answer.Succeeded)
        {
            return StorageWriteResult.Done(answer.Header.Revision);
        }

        var current = answer.Responses is [{ ResponseRange.Kvs: [var found, ..] }, ..] ? ToValue(key, found) : null;
        return StorageWriteResult.Refused(answer.Header.Revision, current);
    }
}
