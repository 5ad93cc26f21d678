using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a daemon set's spec.</summary>
internal sealed record DaemonSetSpec
{
    public LabelSelector? Selector { get; init; }

    public PodTemplate? Template { get; init; }

    public DeploymentStrategy? UpdateStrategy { get; init; }

    public int MinReadySeconds { get; init; }

    public int? RevisionHistoryLimit { get; init; }
}
