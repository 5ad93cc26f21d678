using KubeFed.Hyperfed.Playground.Clusters;

namespace KubeFed.Hyperfed.Playground.Memory;

/// <summary>Whether a playground fits into the memory that there is.</summary>
internal static class MemoryNeed
{
    private const long Megabyte = 1024 * 1024;

    // The control plane and what is shared by all clusters of this process.
    private const long OwnMemory = 150 * Megabyte;

    /// <exception cref="PlaygroundException">It does not.</exception>
    public static void Check(IClusterProvider provider, int members, long available)
    {
        int clusters = members + 1;
        long needed = OwnMemory + (clusters * provider.MemoryPerCluster);
        if (needed > available)
        {
            throw new PlaygroundException(
                $"There is not enough free memory: {clusters} clusters (--provider {provider.Name}) and the federation take about {needed / Megabyte} MiB, and {available / Megabyte} MiB are free."
                + $"{(members > 1 ? " Take fewer --members, or free some." : " Free some.")}");
        }
    }
}
