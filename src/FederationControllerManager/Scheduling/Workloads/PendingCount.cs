using System.Runtime.InteropServices;

namespace KubeFed.FederationControllerManager.Scheduling.Workloads;

/// <summary>Pods for which there is no node.</summary>
/// <param name="Unschedulable">For longer than <see cref="PendingPods.Patience"/>.</param>
/// <param name="RecheckAfter">When the next will be; null when none is about to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PendingCount(int Unschedulable, TimeSpan? RecheckAfter);
