using System.Text.RegularExpressions;

namespace KubeFed.Hyperfed.Tests.Docs;

/// <summary>
/// Holds what a command printed against what a document shows for it. A line of three dots stands for any lines. What differs from run to
/// run counts as the same: times, ports, processes, the names that a cluster makes up for pods, how often an event came, and how wide a column is.
/// </summary>
internal static partial class ShownOutput
{
    private const string Any = "...";

    /// <summary>Why the two do not fit together; null when they do.</summary>
    public static string? Difference(string shown, string printed)
    {
        string[] wanted = Lines(shown);
        string[] got = Lines(printed);
        return Fits(wanted, got) ? null : $"shown:\n{string.Join('\n', wanted)}\n\nprinted:\n{string.Join('\n', got)}";
    }

    private static bool Fits(ReadOnlySpan<string> wanted, ReadOnlySpan<string> got)
    {
        if (wanted.IsEmpty)
        {
            return got.IsEmpty;
        }

        if (wanted[0] != Any)
        {
            return !got.IsEmpty && wanted[0] == got[0] && Fits(wanted[1..], got[1..]);
        }

        for (int skipped = 0; skipped <= got.Length; skipped++)
        {
            if (Fits(wanted[1..], got[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Lines(string text) => [.. text.Trim('\n').Split('\n').Select(Plain)];

    private static string Plain(string line)
    {
        line = Seconds().Replace(line.Trim(), "# s");
        line = Age().Replace(line, "AGE");
        line = Pod().Replace(line, "${set}-POD");
        line = Port().Replace(line, "127.0.0.1:PORT");
        line = Times().Replace(line, "");
        line = Process().Replace(line, "process #");
        return Spaces().Replace(line, " ");
    }

    [GeneratedRegex(@"\b[0-9]+\.[0-9] s\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b([0-9]+[dhms]){1,3}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Age();

    [GeneratedRegex(@"\b(?<set>[a-z]+)-[a-f0-9]{6,10}-[a-z0-9]{5}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pod();

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"\(x[0-9]+ over AGE\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    [GeneratedRegex(@"process [0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Process();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();
}
