using System.Text.Json.Serialization;

namespace KubeFed.Scale.Report;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ScaleReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
