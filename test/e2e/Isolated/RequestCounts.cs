using System.Globalization;
using System.Text.RegularExpressions;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.e2e.Isolated;

/// <summary>Counts what an API server was asked for, by its own <c>apiserver_request_total</c>.</summary>
internal static partial class RequestCounts
{
    private static readonly HashSet<string> Writes = new(StringComparer.Ordinal) { "POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION" };

    private static readonly HashSet<string> Reads = new(StringComparer.Ordinal) { "GET", "LIST" };

    /// <summary>How many writes of objects of this resource there were since the server's start.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="resource">The plural of the type.</param>
    public static async Task<long> WritesAsync(TestCluster cluster, string resource) => (await SamplesAsync(cluster, resource, Writes)).Sum(Value);

    /// <summary>
    /// How many reads of objects of this resource there were since the server's start, watches aside: a text for each verb and scope, in
    /// their order, so that texts from before and after say what was read in between.
    /// </summary>
    /// <inheritdoc cref="WritesAsync"/>
    public static async Task<IReadOnlyList<string>> ReadsAsync(TestCluster cluster, string resource) =>
    [
        .. (await SamplesAsync(cluster, resource, Reads))
            .GroupBy(static sample => $"{Label(sample, "verb")} of a {Label(sample, "scope")}", Value)
            .OrderBy(static reads => reads.Key, StringComparer.Ordinal)
            .Select(static reads => $"{reads.Key}: {reads.Sum()}"),
    ];

    private static async Task<IEnumerable<string>> SamplesAsync(TestCluster cluster, string resource, HashSet<string> verbs)
    {
        using var client = cluster.CreateHttpClient();
        var metrics = await client.GetStringAsync("metrics");
        return metrics.Split('\n')
            .Where(static line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal))
            .Where(line => Label(line, "resource") == resource && verbs.Contains(Label(line, "verb")));
    }

    private static long Value(string sample) => (long)double.Parse(sample[(sample.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    private static string Label(string line, string name) =>
        Labels().Matches(line).FirstOrDefault(m => m.Groups["name"].Value == name)?.Groups["value"].Value ?? "";

    [GeneratedRegex("""(?<name>[a-z_]+)="(?<value>[^"]*)["]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();
}
