using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>How a container is.</summary>
internal sealed record ContainerStatus
{
    public string Name { get => field ?? ""; init; }

    public ContainerState? State { get; init; }

    public ContainerState? LastState { get; init; }

    public bool Ready { get; init; }

    public int RestartCount { get; init; }

    public string Image { get => field ?? ""; init; }

    [JsonPropertyName("imageID")]
    public string ImageID { get => field ?? ""; init; }

    [JsonPropertyName("containerID")]
    public string? ContainerID { get; init; }

    public bool? Started { get; init; }
}
