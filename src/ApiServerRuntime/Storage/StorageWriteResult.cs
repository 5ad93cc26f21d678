namespace KubeFed.ApiServerRuntime.Storage;

/// <summary>What became of a conditional write.</summary>
public readonly record struct StorageWriteResult
{
    private StorageWriteResult(bool succeeded, long revision, StoredValue? current)
    {
        Succeeded = succeeded;
        Revision = revision;
        Current = current;
    }

    /// <summary>Whether the condition held, and so the write is done and durable.</summary>
    public bool Succeeded { get; }

    /// <summary>The revision of the write when it was done, else a revision of the store at which the condition did not hold.</summary>
    public long Revision { get; }

    /// <summary>What the key held instead when the condition did not hold; null when it does not exist.</summary>
    public StoredValue? Current { get; }

    /// <summary>The write was done.</summary>
    public static StorageWriteResult Done(long revision) => new(true, revision, null);

    /// <summary>The condition did not hold.</summary>
    public static StorageWriteResult Refused(long revision, StoredValue? current) => new(false, revision, current);
}
