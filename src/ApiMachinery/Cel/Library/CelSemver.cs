using System.Globalization;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>A version of Semantic Versioning 2.0.</summary>
internal sealed record CelSemver(long Major, long Minor, long Patch, string PreRelease, string Build) : ICelOpaque, IComparable<CelSemver>
{
    public CelType Type => CelTypes.Semver;

    /// <summary>Reads a version; <paramref name="normalize"/> allows a leading v, missing parts and leading zeros.</summary>
    public static CelSemver? Parse(string text, bool normalize)
    {
        if (text.Length is 0 or > 256)
        {
            return null;
        }

        string rest = normalize && text[0] == 'v' ? text[1..] : text;
        string build = Cut(ref rest, '+', out bool hasBuild);
        string pre = Cut(ref rest, '-', out bool hasPre);
        string[] parts = rest.Split('.');
        if (parts.Length > 3 || (parts.Length < 3 && (!normalize || hasPre || hasBuild))
            || (hasPre && !pre.Split('.').All(static p => IsIdentifier(p) && !IsPadded(p)))
            || (hasBuild && !build.Split('.').All(IsIdentifier)))
        {
            return null;
        }

        long[] numbers = new long[3];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || (!normalize && IsPadded(parts[i])))
            {
                return null;
            }
        }

        return new CelSemver(numbers[0], numbers[1], numbers[2], pre, build);
    }

    public int CompareTo(CelSemver? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : ComparePreReleases(PreRelease, other.PreRelease);
    }

    public bool Equals(CelSemver? other) => other is not null && CompareTo(other) == 0;

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, PreRelease);

    public override string ToString() =>
        $"{Major}.{Minor}.{Patch}{(PreRelease.Length > 0 ? "-" + PreRelease : string.Empty)}{(Build.Length > 0 ? "+" + Build : string.Empty)}";

    private static string Cut(ref string text, char mark, out bool found)
    {
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        found = at >= 0;
        string tail = found ? text[(at + 1)..] : string.Empty;
        text = found ? text[..at] : text;
        return tail;
    }

    private static int ComparePreReleases(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return (a.Length == 0).CompareTo(b.Length == 0);
        }

        string[] left = a.Split('.');
        string[] right = b.Split('.');
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            int order = CompareIdentifiers(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareIdentifiers(string a, string b) => (IsNumber(a), IsNumber(b)) switch
    {
        (true, true) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : Math.Sign(string.CompareOrdinal(a, b)),
        (true, false) => -1,
        (false, true) => 1,
        _ => Math.Sign(string.CompareOrdinal(a, b)),
    };

    private static bool IsNumber(string text) => text.All(char.IsAsciiDigit);

    private static bool IsPadded(string text) => text.Length > 1 && text[0] == '0' && IsNumber(text);

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
