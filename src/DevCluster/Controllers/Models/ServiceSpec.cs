using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a service's spec.</summary>
internal sealed record ServiceSpec
{
    public string? Type { get; init; }

    public StringMap? Selector { get; init; }

    public IReadOnlyList<ServicePort>? Ports { get; init; }

    [JsonPropertyName("clusterIP")]
    public string? ClusterIP { get; init; }

    public bool PublishNotReadyAddresses { get; init; }
}
