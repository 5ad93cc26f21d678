namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>
/// Where objects live: keys and values under one rising revision, as in etcd. Every write is one transaction on one key and takes the next
/// revision; the revision of a value is that of the write that made it. Keys are ASCII, begin with <c>/</c> and sort bytewise. Values are
/// kept as they are and never changed afterwards, by either side. All members may be called at the same time.
/// </summary>
/// <remarks>
/// Failures common to all members: <see cref="StorageUnavailableException"/> when the store cannot be reached or cannot take more work,
/// after which a write may or may not have happened; <see cref="StorageFullException"/> when it has no room, after which it has not.
/// </remarks>
public interface IStorage : IAsyncDisposable
{
    /// <summary>The newest value of a key, seeing every write acknowledged before the call by any replica; null when there is none.</summary>
    Task<StoredValue?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>The values of the keys that begin with a prefix, in key order, of one revision.</summary>
    /// <exception cref="RevisionCompactedException">The revision asked for is no longer kept.</exception>
    /// <exception cref="RevisionTooLargeException">The revision asked for has not been reached.</exception>
    Task<StoragePage> ListAsync(string prefix, StorageListOptions options, CancellationToken cancellationToken);

    /// <summary>Writes a key that must not exist. Returns only when the write is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="timeToLive">When set, the key is removed about that long after this write (never before).</param>
    /// <param name="cancellationToken">Stops waiting; the write may still happen.</param>
    Task<StorageWriteResult> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken);

    /// <summary>Replaces the value of a key that must be at a revision. Returns only when the write is durable.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value.</param>
    /// <param name="expectedRevision">The revision that the caller's change is based on.</param>
    /// <param name="timeToLive">As of <see cref="CreateAsync"/>; null takes away an earlier one.</param>
    /// <param name="cancellationToken">Stops waiting; the write may still happen.</param>
    Task<StorageWriteResult> UpdateAsync(string key, ReadOnlyMemory<byte> value, long expectedRevision, TimeSpan? timeToLive, CancellationToken cancellationToken);

    /// <summary>Removes a key that must be at a revision. Returns only when the removal is durable.</summary>
    Task<StorageWriteResult> DeleteAsync(string key, long expectedRevision, CancellationToken cancellationToken);

    /// <summary>
    /// A revision at or after that of every write to this store acknowledged before the call, by any replica, and no newer than what a
    /// watch of this store will report: who waits until a watch has passed it has seen all of those writes.
    /// </summary>
    Task<long> ReadRevisionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Every write after a revision to the keys that begin with a prefix, in revision order, none left out and none twice, then what follows
    /// as it happens. The stream ends only by an exception or the token.
    /// </summary>
    /// <param name="prefix">What the keys begin with.</param>
    /// <param name="afterRevision">The last revision that the caller has seen.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="RevisionCompactedException">Events after that revision are no longer kept.</exception>
    /// <exception cref="StorageUnavailableException">The store was lost, or the reader is too far behind; watch again from the last revision.</exception>
    IAsyncEnumerable<StorageEventBatch> WatchAsync(string prefix, long afterRevision, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets the history up to a revision, each key's newest value excepted: lists at and watches from an older revision answer
    /// <see cref="RevisionCompactedException"/>. An already compacted revision does nothing.
    /// </summary>
    /// <exception cref="RevisionTooLargeException">The revision has not been reached.</exception>
    Task CompactAsync(long revision, CancellationToken cancellationToken);
}
