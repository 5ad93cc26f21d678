using System.Text.Json;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>What became of a federated object in one cluster.</summary>
public sealed record FederatedClusterStatus
{
    /// <summary>The cluster.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>One of <see cref="PropagationStatus"/>; absent means <see cref="PropagationStatus.Ok"/>.</summary>
    public string? Status { get; init; }

    /// <summary>Why, for people; absent while all is well. An addition to KubeFed's shape.</summary>
    public string? Message { get; init; }

    /// <summary>The status of the cluster's own object, where it is collected.</summary>
    public JsonElement? RemoteStatus { get; init; }
}
