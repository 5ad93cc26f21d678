using KubeFed.ApiMachinery.Cel.Parsing;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Texts by code points, which is how expressions count.</summary>
internal static class CelText
{
    /// <summary>Where the code point of that index starts; the end for an index that is the length; -1 beyond.</summary>
    public static int Position(string text, long index)
    {
        if (index < 0 || index > text.Length)
        {
            return -1;
        }

        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
        {
            return (int)index;
        }

        int at = 0;
        for (; index > 0 && at < text.Length; index--)
        {
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }

        return index == 0 ? at : -1;
    }

    /// <summary>The code points before a position; -1 for -1.</summary>
    public static long Index(string text, int position) => position < 0 ? -1 : CelSource.CodePoints(text.AsSpan(0, position));

    public static string Lower(string text) => text.AsSpan().IndexOfAnyInRange('A', 'Z') < 0
        ? text
        : string.Create(text.Length, text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
            }
        });

    public static string Upper(string text) => text.AsSpan().IndexOfAnyInRange('a', 'z') < 0
        ? text
        : string.Create(text.Length, text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsAsciiLetterLower(from[i]) ? (char)(from[i] & ~0x20) : from[i];
            }
        });
}
