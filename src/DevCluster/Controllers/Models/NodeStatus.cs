using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a node's status.</summary>
internal sealed record NodeStatus
{
    public IReadOnlyDictionary<string, Quantity>? Allocatable { get; init; }

    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    public IReadOnlyList<NodeAddress>? Addresses { get; init; }
}
