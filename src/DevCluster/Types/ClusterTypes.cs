using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.DevClusters.Types;

/// <summary>The types of a cluster beyond those of every server by itself, from the files of <c>Types</c>. Read once for all clusters of a process.</summary>
internal static class ClusterTypes
{
    /// <summary>The types.</summary>
    public static IReadOnlyList<ResourceType> All { get; } = [];
}
