using System.Globalization;
using KubeFed.DevClusters;
using KubeFed.Hyperfed.Playground.Clusters;

namespace KubeFed.Hyperfed.Playground;

/// <summary>What the host and the members are like: members lie in several regions and differ in size.</summary>
internal static class Members
{
    public const string Host = "host";

    // Each pod of the sample asks for a quarter of a processor.
    private const int PodsPerCpu = 4;

    private static readonly (string Region, int Nodes, int Cpus)[] Kinds = [("eu-west", 3, 4), ("us-east", 2, 4), ("ap-south", 1, 2)];

    public static ClusterPlan HostPlan { get; } = new(Host, Nodes("home", 1, 4));

    /// <summary>So many members, in words.</summary>
    public static string Counted(int number) => number == 1 ? "1 member" : $"{number} members";

    /// <summary>What a member is called; the first is 1.</summary>
    public static string NameOf(int number) => $"cluster{number}";

    public static ClusterPlan PlanOf(int number)
    {
        var (region, nodes, cpus) = KindOf(number);
        return new ClusterPlan(NameOf(number), Nodes(region, nodes, cpus));
    }

    /// <summary>How many pods of the sample a member has room for.</summary>
    public static int RoomOf(int number)
    {
        var (_, nodes, cpus) = KindOf(number);
        return nodes * cpus * PodsPerCpu;
    }

    private static (string Region, int Nodes, int Cpus) KindOf(int number) => Kinds[(number - 1) % Kinds.Length];

    private static DevNode[] Nodes(string region, int count, int cpus) =>
    [
        .. Enumerable.Range(0, count).Select(i => new DevNode
        {
            Name = $"{region}-{i + 1}",
            Cpu = cpus.ToString(CultureInfo.InvariantCulture),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["topology.kubernetes.io/region"] = region,
                ["topology.kubernetes.io/zone"] = $"{region}-{(char)('a' + i)}",
            },
        }),
    ];
}
