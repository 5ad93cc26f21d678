using System.Runtime.InteropServices;

namespace KubeFed.ControllerRuntime.LeaderElection;

/// <summary>A lease that we hold.</summary>
/// <param name="Snapshot">As we wrote it last.</param>
/// <param name="RenewedAt">Timestamp of the moment before that write was sent: others cannot have seen it earlier.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeldLease(LeaseSnapshot Snapshot, long RenewedAt);
