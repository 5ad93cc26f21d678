using System.Globalization;

namespace KubeFed.DevClusters.Controllers.Jobs;

/// <summary>Sets of indexes in the form <c>0-2,4,7-8</c>.</summary>
internal static class IndexList
{
    private const int Most = 100_000;

    /// <summary>Reads a list; what is malformed is left out.</summary>
    public static IEnumerable<int> Parse(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(Range);

    public static string Format(IEnumerable<int> indexes)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var index in indexes.Order())
        {
            if (runs is [.., var last] && last.Last == index - 1)
            {
                runs[^1] = last with { Last = index };
            }
            else
            {
                runs.Add((index, index));
            }
        }

        return string.Join(",", runs.Select(static r => r.First == r.Last ? $"{r.First}" : r.Last == r.First + 1 ? $"{r.First},{r.Last}" : $"{r.First}-{r.Last}"));
    }

    private static IEnumerable<int> Range(string part)
    {
        var bounds = part.Split('-');
        return TryRead(bounds[0], out var first) && TryRead(bounds[^1], out var last) && last >= first && last - first < Most
            ? Enumerable.Range(first, last - first + 1)
            : [];
    }

    private static bool TryRead(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
