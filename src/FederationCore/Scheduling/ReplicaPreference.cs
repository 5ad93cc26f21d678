using System.Runtime.InteropServices;

namespace KubeFed.FederationCore.Scheduling;

/// <summary>What one cluster is to get. Negative numbers count as zero, and a minimum above the maximum as the maximum.</summary>
/// <param name="Weight">Its share of what is left after the minimums, relative to the other clusters' weights. 0, the default, gives no share.</param>
/// <param name="MinReplicas">Replicas that it gets before anything is shared out, as far as total, maximum and capacity allow; 0 by default.</param>
/// <param name="MaxReplicas">Replicas that it never exceeds; null, the default, for no limit.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReplicaPreference(long Weight = 0, long MinReplicas = 0, long? MaxReplicas = null);
