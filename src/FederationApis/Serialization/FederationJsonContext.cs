using System.Text.Json.Serialization;
using KubeFed.FederationApis.Core.V1Alpha1;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Scheduling.V1Alpha1;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationApis.Serialization;

/// <summary>JSON of the federation's types in Kubernetes' form: camel case, absent when null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubeFedCluster))]
[JsonSerializable(typeof(KubeFedConfig))]
[JsonSerializable(typeof(FederatedTypeConfig))]
[JsonSerializable(typeof(PropagatedVersion))]
[JsonSerializable(typeof(PendingRemoval))]
[JsonSerializable(typeof(FederatedStatus))]
[JsonSerializable(typeof(ReplicaSchedulingPreference))]
public sealed partial class FederationJsonContext : JsonSerializerContext;
