namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a container.</summary>
internal sealed record ContainerSpec
{
    public string Name { get => field ?? ""; init; }

    public string? Image { get; init; }

    public string? RestartPolicy { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    public ResourceNeeds? Resources { get; init; }
}
