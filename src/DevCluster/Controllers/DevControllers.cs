namespace KubeFed.DevClusters.Controllers;

/// <summary>The controllers that every cluster runs.</summary>
internal static class DevControllers
{
    /// <summary>New ones, for one cluster.</summary>
    public static IReadOnlyList<IDevController> Create() => [new WorkloadControllers()];
}
