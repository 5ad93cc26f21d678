using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Errors;

/// <summary>JSON of <see cref="Status"/> in Kubernetes' form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Status))]
public sealed partial class StatusJsonContext : JsonSerializerContext;
