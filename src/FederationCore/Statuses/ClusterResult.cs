using System.Text.Json;

namespace KubeFed.FederationCore.Statuses;

/// <summary>What became of the object in one cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Status">A value of <see cref="FederationApis.Types.V1Beta1.PropagationStatus"/>.</param>
/// <param name="Message">Why, for people; null when all is well.</param>
/// <param name="RemoteStatus">The status of the cluster's object, where it is collected and known.</param>
public readonly record struct ClusterResult(string Cluster, string Status, string? Message = null, JsonElement? RemoteStatus = null);
