using KubeFed.DevClusters;

namespace KubeFed.Hyperfed.Playground;

/// <summary>What the host and the members are like: members lie in several regions and differ in size.</summary>
internal static class Members
{
    public const string Host = "host";

    private static readonly (string Region, int Nodes, string Cpu)[] Kinds = [("eu-west", 3, "4"), ("us-east", 2, "4"), ("ap-south", 1, "2")];

    public static DevClusterOptions HostOptions { get; } = new() { Name = Host, Nodes = Nodes("home", 1, "4") };

    /// <summary>What a member is called; the first is 1.</summary>
    public static string NameOf(int number) => $"cluster{number}";

    public static DevClusterOptions OptionsOf(int number)
    {
        var (region, nodes, cpu) = Kinds[(number - 1) % Kinds.Length];
        return new DevClusterOptions { Name = NameOf(number), Nodes = Nodes(region, nodes, cpu) };
    }

    private static DevNode[] Nodes(string region, int count, string cpu) =>
    [
        .. Enumerable.Range(0, count).Select(i => new DevNode
        {
            Name = $"{region}-{i + 1}",
            Cpu = cpu,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["topology.kubernetes.io/region"] = region,
                ["topology.kubernetes.io/zone"] = $"{region}-{(char)('a' + i)}",
            },
        }),
    ];
}
