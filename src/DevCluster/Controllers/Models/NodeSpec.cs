using System.Text.Json.Serialization;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a node's spec.</summary>
internal sealed record NodeSpec
{
    public bool? Unschedulable { get; init; }

    public IReadOnlyList<Taint>? Taints { get; init; }

    [JsonPropertyName("podCIDR")]
    public string? PodCidr { get; init; }
}
