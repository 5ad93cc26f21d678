using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>Remembers how the storage answers, so that readiness can tell of a full or an unreachable one.</summary>
internal sealed class ObservedStorage(IStorage inner, TimeProvider time) : IStorage
{
    private static readonly TimeSpan FullFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile Failure? _full;

    /// <summary>
    /// Why the storage is not well, or null. It is full from a write that failed for it until one succeeds, or none failed for a minute; it is
    /// unreachable when it does not tell its revision within two seconds.
    /// </summary>
    public async ValueTask<string?> WhyUnwellAsync(CancellationToken cancellationToken)
    {
        if (_full is { } full && time.GetElapsedTime(full.At) < FullFor)
        {
            return full.Message;
        }

        try
        {
            await inner.ReadRevisionAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (StorageUnavailableException e)
        {
            return e.Message;
        }
        catch (TimeoutException)
        {
            return $"the storage does not answer within {Patience.TotalSeconds:0} s";
        }
    }

    /// <inheritdoc/>
    public Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, options, cancellationToken);

    /// <inheritdoc/>
    public Task<StorageWriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        ObserveAsync(inner.CreateAsync(key, value, timeToLive, cancellationToken));

    /// <inheritdoc/>
    public Task<StorageWriteResult> UpdateAsync(
        string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        ObserveAsync(inner.UpdateAsync(key, value, expectedRevision, timeToLive, cancellationToken));

    /// <inheritdoc/>
    public Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken) =>
        ObserveAsync(inner.DeleteAsync(key, expectedRevision, cancellationToken));

    /// <inheritdoc/>
    public Task<long> ReadRevisionAsync(CancellationToken cancellationToken) => inner.ReadRevisionAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StorageEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken) =>
        inner.WatchAsync(prefix, afterRevision, cancellationToken);

    /// <inheritdoc/>
    public Task CompactAsync(long revision, CancellationToken cancellationToken) => inner.CompactAsync(revision, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task<StorageWriteResult> ObserveAsync(Task<StorageWriteResult> write)
    {
        try
        {
            var result = await write;
            if (result.Succeeded)
            {
                _full = null;
            }

            return result;
        }
        catch (StorageFullException e)
        {
            _full = new Failure($"the storage is full: {e.Message}", time.GetTimestamp());
            throw;
        }
    }

    private sealed record Failure(string Message, long At);
}
