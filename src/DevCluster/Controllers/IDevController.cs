namespace KubeFed.DevClusters.Controllers;

/// <summary>A controller that makes objects behave as in a cluster with nodes.</summary>
internal interface IDevController
{
    /// <summary>
    /// Works until the token is cancelled. Begun when the cluster is ready; the API may be away at any time afterwards. One that throws is
    /// begun again after a second.
    /// </summary>
    Task RunAsync(DevControllerContext context, CancellationToken token);
}
