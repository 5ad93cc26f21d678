using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a pod.</summary>
internal sealed record PodStatus
{
    public string? Phase { get; init; }

    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    public string? Message { get; init; }

    public string? Reason { get; init; }

    [JsonPropertyName("hostIP")]
    public string? HostIP { get; init; }

    [JsonPropertyName("hostIPs")]
    public IReadOnlyList<AddressEntry>? HostIPs { get; init; }

    [JsonPropertyName("podIP")]
    public string? PodIP { get; init; }

    [JsonPropertyName("podIPs")]
    public IReadOnlyList<AddressEntry>? PodIPs { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? StartTime { get; init; }

    public IReadOnlyList<ContainerStatus>? InitContainerStatuses { get; init; }

    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; init; }

    public string? QosClass { get; init; }
}
