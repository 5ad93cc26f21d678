using System.Globalization;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>
/// The order of preference of versions: GA before beta before alpha, then the higher number; what is no Kubernetes version (as
/// <c>foo1</c>) comes last, by name.
/// </summary>
public sealed class VersionOrder : IComparer<string>
{
    private VersionOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static VersionOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var a = Parse(x ?? string.Empty);
        var b = Parse(y ?? string.Empty);
        if (a is not { } first || b is not { } second)
        {
            return a is null && b is null ? string.CompareOrdinal(x, y) : a is null ? 1 : -1;
        }

        int order = second.Stability.CompareTo(first.Stability);
        order = order != 0 ? order : second.Major.CompareTo(first.Major);
        return order != 0 ? order : second.Minor.CompareTo(first.Minor);
    }

    private static (int Stability, int Major, int Minor)? Parse(string name)
    {
        if (name.Length < 2 || name[0] != 'v')
        {
            return null;
        }

        int word = name.AsSpan(1).IndexOfAnyExceptInRange('0', '9');
        if (word < 0)
        {
            return Number(name.AsSpan(1)) is { } only ? (2, only, 0) : null;
        }

        var rest = name.AsSpan(1 + word);
        int stability = rest.StartsWith("beta") ? 1 : rest.StartsWith("alpha") ? 0 : -1;
        if (stability < 0 || Number(name.AsSpan(1, word)) is not { } major || Number(rest[(stability == 1 ? 4 : 5)..]) is not { } minor)
        {
            return null;
        }

        return (stability, major, minor);
    }

    // A number without sign or leading zero.
    private static int? Number(ReadOnlySpan<char> digits) =>
        !digits.IsEmpty && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
