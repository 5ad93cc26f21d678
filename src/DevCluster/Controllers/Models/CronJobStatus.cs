using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a cron job.</summary>
internal sealed record CronJobStatus
{
    public IReadOnlyList<JobReference>? Active { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastScheduleTime { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastSuccessfulTime { get; init; }
}
