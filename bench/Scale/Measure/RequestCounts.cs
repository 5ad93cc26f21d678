using KubeFed.Scale.Http;

namespace KubeFed.Scale.Measure;

/// <summary>How many requests an API server has answered, from its own <c>apiserver_request_total</c>.</summary>
internal sealed class RequestCounts
{
    private const string Metric = "apiserver_request_total{";
    private readonly Dictionary<RequestKey, double> _counts;

    private RequestCounts(Dictionary<RequestKey, double> counts) => _counts = counts;

    /// <summary>Everything above zero.</summary>
    public IEnumerable<KeyValuePair<RequestKey, double>> All => _counts.Where(static pair => pair.Value > 0);

    /// <summary>Asks a server.</summary>
    public static async Task<RequestCounts> ReadAsync(ApiClient client, CancellationToken cancellationToken) =>
        Parse(await client.GetAsync("metrics", cancellationToken));

    /// <summary>What came between an earlier reading and this one.</summary>
    public RequestCounts Since(RequestCounts earlier) => new(_counts.ToDictionary(
        static pair => pair.Key, pair => pair.Value - earlier._counts.GetValueOrDefault(pair.Key)));

    /// <summary>The sum over what fits.</summary>
    public double Sum(Func<RequestKey, bool> fits) => _counts.Where(pair => fits(pair.Key)).Sum(static pair => pair.Value);

    internal static RequestCounts Parse(string text)
    {
        var counts = new Dictionary<RequestKey, double>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(Metric))
            {
                continue;
            }

            var end = line.LastIndexOf('}');
            var labels = Labels(line[Metric.Length..end].ToString());
            var key = new RequestKey(labels.GetValueOrDefault("verb", ""), Resource(labels));
            counts[key] = counts.GetValueOrDefault(key) + double.Parse(line[(end + 1)..]);
        }

        return new RequestCounts(counts);
    }

    private static string Resource(Dictionary<string, string> labels)
    {
        var resource = labels.GetValueOrDefault("resource", "");
        var group = labels.GetValueOrDefault("group", "");
        var subresource = labels.GetValueOrDefault("subresource", "");
        return resource + (group.Length > 0 ? "." + group : "") + (subresource.Length > 0 ? "/" + subresource : "");
    }

    // The values of these labels hold neither quotes nor commas, the content types aside, whose commas stay within quotes.
    private static Dictionary<string, string> Labels(string text)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var rest = text; rest.Split("=\"", 2) is [var name, var tail] && tail.IndexOf('"') is >= 0 and var end; rest = tail[(end + 1)..].TrimStart(','))
        {
            labels[name] = tail[..end];
        }

        return labels;
    }
}
