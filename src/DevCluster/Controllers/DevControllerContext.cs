using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Controllers;

/// <summary>What the controllers of a cluster work with, the same for all of them.</summary>
internal sealed record DevControllerContext
{
    /// <summary>The cluster's API with all rights. Shared; not to be disposed.</summary>
    public required IDynamicClient Client { get; init; }

    /// <summary>What the cluster was made of: its nodes among the rest.</summary>
    public required DevClusterOptions Options { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The logs.</summary>
    public required ILoggerFactory Logging { get; init; }
}
