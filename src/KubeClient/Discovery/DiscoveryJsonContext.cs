using System.Text.Json.Serialization;

namespace KubeFed.KubeClient.Discovery;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(LegacyDocuments.CoreVersions))]
[JsonSerializable(typeof(LegacyDocuments.GroupList), TypeInfoPropertyName = "LegacyGroups")]
[JsonSerializable(typeof(LegacyDocuments.Group), TypeInfoPropertyName = "LegacyGroup")]
[JsonSerializable(typeof(LegacyDocuments.ResourceList))]
[JsonSerializable(typeof(LegacyDocuments.Resource), TypeInfoPropertyName = "LegacyResource")]
[JsonSerializable(typeof(IReadOnlyList<LegacyDocuments.Group>), TypeInfoPropertyName = "LegacyGroupItems")]
[JsonSerializable(typeof(IReadOnlyList<LegacyDocuments.Resource>), TypeInfoPropertyName = "LegacyResourceItems")]
[JsonSerializable(typeof(AggregatedDocuments.GroupList), TypeInfoPropertyName = "AggregatedGroups")]
[JsonSerializable(typeof(AggregatedDocuments.Group), TypeInfoPropertyName = "AggregatedGroup")]
[JsonSerializable(typeof(AggregatedDocuments.Resource), TypeInfoPropertyName = "AggregatedResource")]
[JsonSerializable(typeof(IReadOnlyList<AggregatedDocuments.Group>), TypeInfoPropertyName = "AggregatedGroupItems")]
[JsonSerializable(typeof(IReadOnlyList<AggregatedDocuments.Resource>), TypeInfoPropertyName = "AggregatedResourceItems")]
internal sealed partial class DiscoveryJsonContext : JsonSerializerContext;
