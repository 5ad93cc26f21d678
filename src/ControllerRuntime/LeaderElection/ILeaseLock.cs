namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>
/// One stored lease, written by compare-and-swap. Every method may throw for reasons of transport; the elector then tries again. After
/// such an exception a write may or may not have happened.
/// </summary>
public interface ILeaseLock
{
    /// <summary>What the lock is called in logs and metrics, such as <c>namespace/name</c>.</summary>
    string Name { get; }

    /// <summary>Reads the newest state of the lease, or null when there is none. Not from a cache.</summary>
    Task<LeaseSnapshot?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Creates the lease. Null when it exists.</summary>
    Task<LeaseSnapshot?> TryCreateAsync(LeaseRecord record, CancellationToken cancellationToken);

    /// <summary>Writes the lease if it still has the version. Null when it has another, or is gone.</summary>
    Task<LeaseSnapshot?> TryUpdateAsync(LeaseRecord record, string version, CancellationToken cancellationToken);
}
