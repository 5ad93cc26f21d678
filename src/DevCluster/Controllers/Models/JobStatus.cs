using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a job.</summary>
internal sealed record JobStatus
{
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? StartTime { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? CompletionTime { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Active { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Succeeded { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Terminating { get; init; }

    public int? Ready { get; init; }

    public string? CompletedIndexes { get; init; }

    public UncountedPods? UncountedTerminatedPods { get; init; }
}
