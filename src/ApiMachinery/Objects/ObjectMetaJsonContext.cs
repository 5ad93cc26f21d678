using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>JSON of the metadata types in Kubernetes' form: camel case, absent when null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(IReadOnlyList<OwnerReference>))]
[JsonSerializable(typeof(IReadOnlyList<ManagedFieldsEntry>))]
public sealed partial class ObjectMetaJsonContext : JsonSerializerContext;
