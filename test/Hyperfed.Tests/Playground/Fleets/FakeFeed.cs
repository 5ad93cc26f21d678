using KubeFed.Hyperfed.Playground.Fleets;

namespace KubeFed.Hyperfed.Tests.Playground.Fleets;

/// <summary>A feed that a test drives.</summary>
internal sealed class FakeFeed(Fleet first) : IFleetFeed
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Fleet Current { get; private set; } = first;

    public Task NextChange => _next.Task;

    public void Become(Fleet fleet)
    {
        Current = fleet;
        var told = _next;
        _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.SetResult();
    }
}
