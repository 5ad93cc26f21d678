using System.Globalization;
using System.Text;

namespace KubeFed.ControllerRuntime.Events;

/// <summary>Fits texts to what API servers take.</summary>
internal static class EventText
{
    private const int MaxNameLength = 253;
    private const string Ellipsis = "...";

    /// <summary>The text, cut between two characters so that it has at most so many bytes of UTF-8.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var end = 0;
        var bytes = Ellipsis.Length;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end] + Ellipsis;
    }

    /// <summary><c>name.hex</c>, fitted to the rules of object names where the object's own follow others, as those of roles do.</summary>
    public static string Name(string objectName, long unique)
    {
        var suffix = "." + unique.ToString("x16", CultureInfo.InvariantCulture);
        var name = new StringBuilder(objectName.Length + suffix.Length);
        foreach (var letter in objectName.ToLowerInvariant())
        {
            var afterDot = name.Length == 0 || name[^1] == '.';
            var allowed = char.IsAsciiLetterOrDigit(letter) || (letter is '-' or '.' && !afterDot);
            name.Append(allowed ? letter : afterDot ? 'x' : '-');
        }

        name.Length = Math.Min(name.Length, MaxNameLength - suffix.Length);
        while (name.Length > 0 && (name[^1] is '-' or '.'))
        {
            name.Length--;
        }

        return (name.Length == 0 ? "x" : name.Replace("-.", "x.").ToString()) + suffix;
    }
}
