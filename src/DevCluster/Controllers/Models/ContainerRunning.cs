using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Running.</summary>
internal sealed record ContainerRunning
{
    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? StartedAt { get; init; }
}
