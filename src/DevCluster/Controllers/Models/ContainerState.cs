namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>One of the three states of a container.</summary>
internal sealed record ContainerState
{
    public ContainerWaiting? Waiting { get; init; }

    public ContainerRunning? Running { get; init; }

    public ContainerTerminated? Terminated { get; init; }
}
