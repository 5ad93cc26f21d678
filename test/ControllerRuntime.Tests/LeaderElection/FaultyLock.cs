using System.Runtime.InteropServices;
using KubeFed.ControllerRuntime.LeaderElection;

namespace KubeFed.ControllerRuntime.Tests.LeaderElection;

/// <summary>
/// One candidate's connection to the lease. A fault may delay a call before or after it takes effect, and fail it before or after: so a caller
/// can give up on a write that takes effect later.
/// </summary>
internal sealed class FaultyLock(MemoryLease lease, TimeProvider clock) : ILeaseLock
{
    public string Name => "test/lease";

    public int Reads { get; private set; }

    public Func<LockFault> NextFault { get; set; } = () => default;

    public Task<LeaseSnapshot?> GetAsync(CancellationToken cancellationToken)
    {
        Reads++;
        return CallAsync(() => lease.Current, cancellationToken);
    }

    public Task<LeaseSnapshot?> TryCreateAsync(LeaseRecord record, CancellationToken cancellationToken) =>
        CallAsync(() => lease.TryWrite(record, null), cancellationToken);

    public Task<LeaseSnapshot?> TryUpdateAsync(LeaseRecord record, string version, CancellationToken cancellationToken) =>
        CallAsync(() => lease.TryWrite(record, version), cancellationToken);

    private Task<LeaseSnapshot?> CallAsync(Func<LeaseSnapshot?> effect, CancellationToken cancellationToken) =>
        ServeAsync(effect, NextFault()).WaitAsync(cancellationToken);

    private async Task<LeaseSnapshot?> ServeAsync(Func<LeaseSnapshot?> effect, LockFault fault)
    {
        if (fault.DelayBefore > TimeSpan.Zero)
        {
            await Task.Delay(fault.DelayBefore, clock);
        }

        if (fault.FailBefore)
        {
            throw new IOException("the connection was refused");
        }

        var result = effect();
        if (fault.DelayAfter > TimeSpan.Zero)
        {
            await Task.Delay(fault.DelayAfter, clock);
        }

        return fault.FailAfter ? throw new IOException("the connection was lost") : result;
    }
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct LockFault(TimeSpan DelayBefore, bool FailBefore, TimeSpan DelayAfter, bool FailAfter);
