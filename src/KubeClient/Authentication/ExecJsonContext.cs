using System.Text.Json.Serialization;

namespace KubeFed.KubeClient.Authentication;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExecCredentialDocument))]
internal sealed partial class ExecJsonContext : JsonSerializerContext;
