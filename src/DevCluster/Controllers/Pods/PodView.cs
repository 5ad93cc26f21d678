namespace KubeFed.DevClusters.Controllers.Pods;

/// <summary>A pod as its node sees it.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="HostAddress">The address of its node.</param>
/// <param name="Address">The address that it has or is to have.</param>
/// <param name="Now">The present time, to the second.</param>
internal sealed record PodView(Pod Pod, PodStage Stage, string HostAddress, string Address, DateTimeOffset Now);
