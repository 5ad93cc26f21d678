using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Pod), TypeInfoPropertyName = "Pod")]
[JsonSerializable(typeof(Node), TypeInfoPropertyName = "Node")]
[JsonSerializable(typeof(Deployment), TypeInfoPropertyName = "Deployment")]
[JsonSerializable(typeof(ReplicaSet), TypeInfoPropertyName = "ReplicaSet")]
[JsonSerializable(typeof(StatefulSet), TypeInfoPropertyName = "StatefulSet")]
[JsonSerializable(typeof(DaemonSet), TypeInfoPropertyName = "DaemonSet")]
[JsonSerializable(typeof(Job), TypeInfoPropertyName = "Job")]
[JsonSerializable(typeof(CronJob), TypeInfoPropertyName = "CronJob")]
[JsonSerializable(typeof(Service), TypeInfoPropertyName = "Service")]
[JsonSerializable(typeof(DisruptionBudget), TypeInfoPropertyName = "DisruptionBudget")]
[JsonSerializable(typeof(Autoscaler), TypeInfoPropertyName = "Autoscaler")]
[JsonSerializable(typeof(Taint))]
[JsonSerializable(typeof(Toleration))]
internal sealed partial class WorkloadJsonContext : JsonSerializerContext;
