namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Where a <see cref="SqliteStorage"/> is and what its limits are.</summary>
public sealed record SqliteStorageOptions
{
    /// <summary>
    /// The database file, on a local disk. It and its folder are created when missing, the file readable by its owner only; beside it lie
    /// <c>-wal</c>, <c>-shm</c> and <c>.lock</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>How long a write can be watched from and listed at. Compaction lags by up to a quarter of it.</summary>
    /// <value>Default 5 minutes, as kube-apiserver compacts etcd.</value>
    public TimeSpan HistoryWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most writes kept for that, however young; beyond a tenth more the older ones are compacted.</summary>
    /// <value>Default 200,000.</value>
    public int HistoryLimit { get; init; } = 200_000;

    /// <summary>
    /// The bytes of data and history in the file from which on creates and updates answer <see cref="StorageFullException"/>; deletes are
    /// still taken. 0 means no limit but the disk's.
    /// </summary>
    /// <value>Default 8 GiB.</value>
    public long SizeLimit { get; init; } = 8L << 30;

    /// <summary>The most writes that may wait; one more answers <see cref="StorageUnavailableException"/> at once.</summary>
    /// <value>Default 4096.</value>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>The most bytes of values that may wait, one value excepted; more answers <see cref="StorageUnavailableException"/> at once.</summary>
    /// <value>Default 64 MiB.</value>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>The most writes in one transaction.</summary>
    /// <value>Default 512.</value>
    public int BatchLimit { get; init; } = 512;

    /// <summary>How many reads run at once; more wait.</summary>
    /// <value>Default 4.</value>
    public int Readers { get; init; } = 4;

    /// <summary>
    /// The size at which the write-ahead log is cut back to nothing, for which reads under way are waited for a moment. A running backup
    /// or list can put that off.
    /// </summary>
    /// <value>Default 64 MiB.</value>
    public long WalLimit { get; init; } = 64 << 20;

    /// <summary>For tests: the most pages of the file, as a disk that fills up. 0 means no limit.</summary>
    internal long PageLimit { get; init; }

    /// <summary>Everything that is wrong with these options, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(errors, !string.IsNullOrWhiteSpace(Path), $"{nameof(Path)} must not be empty");
        Check(errors, HistoryWindow >= TimeSpan.FromSeconds(1), $"{nameof(HistoryWindow)} must be at least a second, not {HistoryWindow}");
        Check(errors, HistoryLimit >= 1, $"{nameof(HistoryLimit)} must be at least 1, not {HistoryLimit}");
        Check(errors, SizeLimit >= 0, $"{nameof(SizeLimit)} must not be negative, but is {SizeLimit}");
        Check(errors, QueueLimit >= 1, $"{nameof(QueueLimit)} must be at least 1, not {QueueLimit}");
        Check(errors, QueueBytes >= 1 << 20, $"{nameof(QueueBytes)} must be at least 1 MiB, not {QueueBytes}");
        Check(errors, BatchLimit >= 1, $"{nameof(BatchLimit)} must be at least 1, not {BatchLimit}");
        Check(errors, Readers is >= 1 and <= 64, $"{nameof(Readers)} must be from 1 to 64, not {Readers}");
        Check(errors, WalLimit >= 1 << 20, $"{nameof(WalLimit)} must be at least 1 MiB, not {WalLimit}");
        return errors;
    }

    private static void Check(List<string> errors, bool holds, string error)
    {
        if (!holds)
        {
            errors.Add(error);
        }
    }
}
