using System.Diagnostics.Metrics;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>What SQLite stores measure, on the meter <c>KubeFed.ApiServerRuntime.Storage.Sqlite</c>.</summary>
public sealed class SqliteStorageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "KubeFed.ApiServerRuntime.Storage.Sqlite";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<int> Counts = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    };

    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _checkpoint;
    private readonly UpDownCounter<long> _queued;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _compacted;

    /// <summary>Creates the instruments.</summary>
    public SqliteStorageMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _commit = meter.CreateHistogram(
            "apiserver_storage_sqlite_commit_duration_seconds", "s", "How long transactions took, until durable.", advice: Seconds);
        _batch = meter.CreateHistogram(
            "apiserver_storage_sqlite_batch_writes", description: "How many writes shared a transaction.", advice: Counts);
        _checkpoint = meter.CreateHistogram(
            "apiserver_storage_sqlite_checkpoint_duration_seconds", "s", "How long checkpoints held up writes.", advice: Seconds);
        _queued = meter.CreateUpDownCounter<long>("apiserver_storage_sqlite_queued_writes", description: "Writes that wait.");
        _refused = meter.CreateCounter<long>(
            "apiserver_storage_sqlite_refused_writes_total", description: "Writes not taken because too many wait.");
        _failed = meter.CreateCounter<long>("apiserver_storage_sqlite_failed_writes_total", description: "Writes that the disk failed.");
        _compacted = meter.CreateCounter<long>(
            "apiserver_storage_sqlite_compacted_revisions_total", description: "Revisions whose history was cleaned up.");
    }

    internal void Committed(TimeSpan duration, int writes)
    {
        _commit.Record(duration.TotalSeconds);
        if (writes > 0)
        {
            _batch.Record(writes);
        }
    }

    internal void Checkpointed(TimeSpan duration) => _checkpoint.Record(duration.TotalSeconds);

    internal void Queued(int change) => _queued.Add(change);

    internal void Refused() => _refused.Add(1);

    internal void Failed(int writes) => _failed.Add(writes);

    internal void Compacted(long revisions) => _compacted.Add(revisions);
}
