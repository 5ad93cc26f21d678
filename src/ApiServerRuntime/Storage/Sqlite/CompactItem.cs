namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

internal sealed class CompactItem(long revision) : WorkItem
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RevisionTooLargeException? _refusal;

    internal Task Task => _completion.Task;

    internal override void Run(WriteTransaction transaction)
    {
        if (revision > transaction.Revision)
        {
            _refusal = new RevisionTooLargeException(revision, transaction.Revision);
        }
        else
        {
            transaction.Compact(revision);
        }
    }

    internal override void Complete()
    {
        if (_refusal is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(_refusal);
        }
    }

    internal override void Fail(Exception exception) => _completion.TrySetException(exception);
}
