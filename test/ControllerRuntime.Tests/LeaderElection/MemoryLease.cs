using KubeFed.ControllerRuntime.LeaderElection;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

/// <summary>The stored lease that all candidates share.</summary>
internal sealed class MemoryLease
{
    private int _version;

    public LeaseSnapshot? Current { get; private set; }

    public int Writes => _version;

    public LeaseSnapshot? TryWrite(LeaseRecord record, string? version)
    {
        if (Current?.Version != version)
        {
            return null;
        }

        Current = new LeaseSnapshot(record, $"{++_version}");
        return Current;
    }

    public void Delete() => Current = null;
}
