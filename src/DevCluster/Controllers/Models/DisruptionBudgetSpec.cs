using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a disruption budget's spec.</summary>
internal sealed record DisruptionBudgetSpec
{
    public LabelSelector? Selector { get; init; }

    public IntOrPercent? MinAvailable { get; init; }

    public IntOrPercent? MaxUnavailable { get; init; }
}
