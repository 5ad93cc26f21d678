using KubeFed.ApiMachinery.Quantities;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What a container asks for; a limit without a request is one.</summary>
internal sealed record ResourceNeeds
{
    public IReadOnlyDictionary<string, Quantity>? Requests { get; init; }

    public IReadOnlyDictionary<string, Quantity>? Limits { get; init; }
}
