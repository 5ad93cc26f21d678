using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>A condition of any type; the times that a type does not have stay null.</summary>
internal sealed record Condition
{
    public const string True = "True";
    public const string False = "False";
    public const string Unknown = "Unknown";

    public string Type { get => field ?? ""; init; }

    public string Status { get => field ?? ""; init; }

    public long? ObservedGeneration { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastProbeTime { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastHeartbeatTime { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastUpdateTime { get; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? LastTransitionTime { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    [JsonIgnore]
    public bool IsTrue => Status == True;
}
