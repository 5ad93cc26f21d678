using KubeFed.ApiServerRuntime.Storage;

namespace KubeFed.ApiServerRuntime.Caching;

/// <summary>
/// Asks the storage for its present revision, once for all who ask while an earlier question is under way: its answer may be older than their
/// call, so that they share the next one.
/// </summary>
internal sealed class RevisionReader(IStorage storage, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<long>? _next;
    private bool _asking;

    /// <summary>A revision not older than any write acknowledged before the call.</summary>
    public Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_asking)
            {
                _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _next.Task.WaitAsync(cancellationToken);
            }

            _asking = true;
        }

        return AskAsync().WaitAsync(cancellationToken);
    }

    private async Task<long> AskAsync()
    {
        try
        {
            return await storage.ReadRevisionAsync(stopping);
        }
        finally
        {
            if (TakeNext() is { } next)
            {
                _ = AnswerAsync(next);
            }
        }
    }

    private async Task AnswerAsync(TaskCompletionSource<long> waiting)
    {
        await Task.Yield();
        try
        {
            waiting.TrySetResult(await AskAsync());
        }
        catch (OperationCanceledException)
        {
            waiting.TrySetCanceled(stopping);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            waiting.TrySetException(e);
        }
    }

    private TaskCompletionSource<long>? TakeNext()
    {
        lock (_gate)
        {
            var next = _next;
            _next = null;
            _asking = next is not null;
            return next;
        }
    }
}
