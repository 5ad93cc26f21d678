using System.Runtime.InteropServices;

namespace KubeFed.ControllerRuntime.Queue;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct QueueObservation(int Depth, double UnfinishedSeconds, double LongestSeconds);
