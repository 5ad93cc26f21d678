using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Ended.</summary>
internal sealed record ContainerTerminated
{
    public int ExitCode { get; init; }

    public string? Reason { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? StartedAt { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? FinishedAt { get; init; }

    [JsonPropertyName("containerID")]
    public string? ContainerID { get; init; }
}
