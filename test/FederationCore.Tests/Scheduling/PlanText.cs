using System.Globalization;
using System.Text.RegularExpressions;
using KubeFed.FederationCore.Scheduling;

namespace KubeFed.FederationCore.Tests.Scheduling;

/// <summary>
/// Requests and plans as short text: preferences <c>A:w1m2M5 *:w1</c> (weight, minimum, maximum), numbers by cluster <c>A=16 B=17</c>.
/// </summary>
internal static partial class PlanText
{
    public static PlanRequest Request(
        string preferences, long total, string clusters, string current = "", string capacity = "", string key = "", bool rebalance = false) =>
        new(key, total)
        {
            Preferences = Preferences(preferences),
            Clusters = Clusters(clusters, current, capacity),
            Rebalance = rebalance,
        };

    public static IReadOnlyDictionary<string, ReplicaPreference> Preferences(string text) =>
        Words(text).Select(static word => word.Split(':')).ToDictionary(static p => p[0], static p => Preference(p[1]));

    public static IReadOnlyList<PlanCluster> Clusters(string names, string current, string capacity = "", string free = "")
    {
        var running = Numbers(current);
        var capacities = Numbers(capacity);
        var room = Numbers(free);
        return [.. Words(names).Select(name => new PlanCluster(name)
        {
            Current = running.TryGetValue(name, out var c) ? c : null,
            Capacity = capacities.TryGetValue(name, out var most) ? most : null,
            FreeReplicas = room.TryGetValue(name, out var more) ? more : null,
        })];
    }

    public static Dictionary<string, long> Numbers(string text) => Words(text).Select(static word => word.Split('='))
        .ToDictionary(static p => p[0], static p => long.Parse(p[1], CultureInfo.InvariantCulture));

    public static string Replicas(ReplicaPlan plan) => string.Join(' ', plan.Clusters.Select(static c => $"{c.Name}={c.Replicas}"));

    public static string Overflow(ReplicaPlan plan) =>
        string.Join(' ', plan.Clusters.Where(static c => c.Overflow != 0).Select(static c => $"{c.Name}={c.Overflow}"));

    private static ReplicaPreference Preference(string text)
    {
        var parts = Part().Matches(text).ToDictionary(static m => m.Groups["part"].Value, static m => long.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture));
        return new ReplicaPreference(
            parts.GetValueOrDefault("w"), parts.GetValueOrDefault("m"), parts.TryGetValue("M", out var most) ? most : null);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("(?<part>[wmM])(?<number>-?[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
