using System.Text.Json.Nodes;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A port of a service.</summary>
internal sealed record ServicePort
{
    public string? Name { get; init; }

    public int Port { get; init; }

    public string? Protocol { get; init; }

    public string? AppProtocol { get; init; }

    public JsonNode? TargetPort { get; init; }
}
