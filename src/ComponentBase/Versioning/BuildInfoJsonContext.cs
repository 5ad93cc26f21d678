using System.Text.Json.Serialization;

namespace KubeFed.ComponentBase.Versioning;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BuildInfo))]
internal sealed partial class BuildInfoJsonContext : JsonSerializerContext;
