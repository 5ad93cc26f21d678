using System.Text.Json.Serialization;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>JSON of the scheduler's annotation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AppliedSchedule))]
internal sealed partial class ScheduleJsonContext : JsonSerializerContext;
