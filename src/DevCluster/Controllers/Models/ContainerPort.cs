using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A port of a container.</summary>
internal sealed record ContainerPort
{
    public string? Name { get; init; }

    [JsonPropertyName("containerPort")]
    public int Number { get; init; }

    public string? Protocol { get; init; }
}
