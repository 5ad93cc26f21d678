using KubeFed.FederationControllerManager.Members;

namespace KubeFed.FederationControllerManager.Hosting;

/// <summary>
/// Waits until every cluster that was registered at the start has been probed once, so that no object is placed while
/// some clusters are not known yet.
/// </summary>
internal sealed class FirstRound : IClusterObserver
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _missing;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FirstRound(IEnumerable<string> clusters)
    {
        _missing = new HashSet<string>(clusters, StringComparer.Ordinal);
        CompleteIfDone();
    }

    /// <summary>Completes when all have been probed.</summary>
    public Task Done => _done.Task;

    public void OnClusterChanged(ClusterView? old, ClusterView? current)
    {
        lock (_lock)
        {
            _missing.Remove((current ?? old)!.Name);
            CompleteIfDone();
        }
    }

    private void CompleteIfDone()
    {
        if (_missing.Count == 0)
        {
            _done.TrySetResult();
        }
    }
}
