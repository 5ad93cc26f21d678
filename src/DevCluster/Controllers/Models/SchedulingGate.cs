namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What keeps a pod from being scheduled until it is removed.</summary>
internal sealed record SchedulingGate
{
    public string Name { get => field ?? ""; init; }
}
