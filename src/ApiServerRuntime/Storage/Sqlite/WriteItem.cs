namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>A conditional write of one key.</summary>
/// <param name="key">The key.</param>
/// <param name="expectedRevision">The revision that it must be at; 0 when it must not exist.</param>
/// <param name="value">The value; null removes the key.</param>
/// <param name="timeToLive">How long the value lives.</param>
/// <param name="cancellationToken">When cancelled before the writer gets to it, the write is left out.</param>
internal sealed class WriteItem(
    string key, long expectedRevision, ReadOnlyMemory<byte>? value, TimeSpan? timeToLive, CancellationToken cancellationToken) : WorkItem
{
    private readonly TaskCompletionSource<StorageWriteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StorageWriteResult? _result;

    internal Task<StorageWriteResult> Task => _completion.Task;

    internal override long Size => value?.Length ?? 0;

    internal override bool IsWrite => true;

    internal override void Run(WriteTransaction transaction)
    {
        if (!cancellationToken.IsCancellationRequested && (value is null || transaction.HasRoom))
        {
            _result = transaction.Write(key, expectedRevision, value, timeToLive);
        }
    }

    internal override void Complete()
    {
        if (_result is { } result)
        {
            _completion.TrySetResult(result);
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            _completion.TrySetCanceled(cancellationToken);
        }
        else
        {
            _completion.TrySetException(new StorageFullException("the store has reached its size limit; remove objects or raise the limit"));
        }
    }

    internal override void Fail(Exception exception) => _completion.TrySetException(exception);
}
