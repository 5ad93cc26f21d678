using System.Collections.Concurrent;
using System.Globalization;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>Reads Accept headers. Clients send few different ones, so the latest are kept.</summary>
internal static class AcceptHeader
{
    private const int MaxKept = 256;
    private const int MaxKeptLength = 1024;
    private const int MaxClauses = 64;
    private static readonly ConcurrentDictionary<string, MediaRange[]> Kept = new(StringComparer.Ordinal);

    /// <summary>The clauses, best first. Clauses that cannot be read are left out.</summary>
    public static IReadOnlyList<MediaRange> Parse(string header)
    {
        if (Kept.TryGetValue(header, out MediaRange[]? known))
        {
            return known;
        }

        MediaRange[] ranges = [.. header.Split(',', MaxClauses).Select(ParseClause).OfType<MediaRange>()
            .OrderByDescending(range => range.Quality)
            .ThenBy(range => range.Type == "*")
            .ThenBy(range => range.Subtype == "*")];
        if (header.Length <= MaxKeptLength && Kept.Count < MaxKept)
        {
            Kept.TryAdd(header, ranges);
        }

        return ranges;
    }

    private static MediaRange? ParseClause(string clause)
    {
        string[] parts = clause.Split(';', StringSplitOptions.TrimEntries);
        int slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 && parts[0] != "*")
        {
            return null;
        }

        (string type, string subtype) = slash < 0 ? ("*", "*") : (parts[0][..slash].Trim(), parts[0][(slash + 1)..].Trim());
        double quality = 1;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string parameter in parts.AsSpan(1))
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                continue;
            }

            (string key, string value) = (parameter[..equals].Trim(), parameter[(equals + 1)..].Trim().Trim('"'));
            if (key != "q")
            {
                parameters[key] = value;
            }
            else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double q) && double.IsFinite(q))
            {
                quality = q;
            }
        }

        return new MediaRange(type, subtype, quality, parameters);
    }
}
