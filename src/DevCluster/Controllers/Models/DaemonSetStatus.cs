using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The status of a daemon set.</summary>
internal sealed record DaemonSetStatus
{
    public int CurrentNumberScheduled { get; init; }

    public int NumberMisscheduled { get; init; }

    public int DesiredNumberScheduled { get; init; }

    public int NumberReady { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ObservedGeneration { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int UpdatedNumberScheduled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NumberAvailable { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NumberUnavailable { get; init; }

    public int? CollisionCount { get; init; }

    public IReadOnlyList<Condition>? Conditions { get; init; }
}
