using System.Runtime.InteropServices;

namespace KubeFed.Scale.Servers;

/// <summary>What one measurement of one server found.</summary>
/// <param name="Value">In the unit of its row.</param>
/// <param name="CpuPerOperation">The server's processor time for an operation, in microseconds; 0 where there is no such thing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sample(double Value, double CpuPerOperation);
