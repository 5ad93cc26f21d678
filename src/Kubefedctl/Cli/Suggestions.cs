namespace KubeFed.Kubefedctl.Cli;

/// <summary>Names close to one that was not found.</summary>
internal static class Suggestions
{
    private const int MostShown = 3;

    /// <summary>The candidates within two edits (one for short names) or with the name as their beginning, the closest first; at most three.</summary>
    public static IReadOnlyList<string> Near(string name, IEnumerable<string> candidates)
    {
        var wanted = name.ToLowerInvariant();
        var allowed = wanted.Length <= 3 ? 1 : 2;
        return [.. candidates
            .Distinct(StringComparer.Ordinal)
            .Select(c => (Candidate: c, Distance: Measure(wanted, c.ToLowerInvariant())))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .Take(MostShown)
            .Select(c => c.Candidate)];
    }

    /// <summary><c>; did you mean "a" or "b"?</c>, or nothing when nothing is close.</summary>
    public static string Question(string name, IEnumerable<string> candidates)
    {
        var near = Near(name, candidates);
        return near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near.Select(n => $"\"{n}\""))}?";
    }

    private static int Measure(string wanted, string candidate) =>
        wanted.Length >= 3 && candidate.StartsWith(wanted, StringComparison.Ordinal) ? 1 : Distance(wanted, candidate);

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
