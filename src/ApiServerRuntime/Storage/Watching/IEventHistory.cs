namespace KubeFed.ApiServerRuntime.Storage.Watching;

/// <summary>Where a watch reads what is older than the events kept in memory.</summary>
internal interface IEventHistory
{
    /// <summary>
    /// The next events of a prefix after a revision, not necessarily all of them. Makes progress: the revision of the batch is higher than
    /// the one given.
    /// </summary>
    /// <exception cref="RevisionCompactedException">They are no longer kept.</exception>
    ValueTask<StorageEventBatch> ReadAsync(string prefix, long afterRevision, CancellationToken cancellationToken);
}
