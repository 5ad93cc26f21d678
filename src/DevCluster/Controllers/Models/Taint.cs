using System.Text.Json.Serialization;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What keeps pods off a node.</summary>
internal sealed record Taint
{
    public string Key { get => field ?? ""; init; }

    public string? Value { get; init; }

    public string Effect { get => field ?? ""; init; }

    [JsonConverter(typeof(TimestampJsonConverter))]
    public DateTimeOffset? TimeAdded { get; init; }
}
