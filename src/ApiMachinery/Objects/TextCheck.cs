using System.Buffers.Text;
using System.Text.Unicode;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// Whether the strings of JSON are Unicode text. A JSON reader notices that they are not only where one is decoded; API servers write
/// no such strings.
/// </summary>
internal static class TextCheck
{
    private const int EscapeLength = 6;

    /// <summary>Why not, or null. Bytes that are not JSON at all may pass.</summary>
    public static string? Refusal(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return "a string holds bytes that are not UTF-8";
        }

        return json.IndexOf("\\u"u8) >= 0 && HasHalfPair(json) ? "a string holds half a surrogate pair" : null;
    }

    private static bool HasHalfPair(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0;)
        {
            json = json[at..];
            var length = EscapeAt(json, out var unit) ? EscapeLength : 2;
            if (char.IsLowSurrogate(unit))
            {
                return true;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (!EscapeAt(json[EscapeLength..], out var low) || !char.IsLowSurrogate(low))
                {
                    return true;
                }

                length += EscapeLength;
            }

            json = json[Math.Min(length, json.Length)..];
            at = json.IndexOf((byte)'\\');
        }

        return false;
    }

    /// <summary>The code unit of an escape that the text begins with.</summary>
    private static bool EscapeAt(ReadOnlySpan<byte> text, out char unit)
    {
        unit = '\0';
        if (text.Length < EscapeLength
            || !text.StartsWith("\\u"u8)
            || !Utf8Parser.TryParse(text[2..EscapeLength], out ushort value, out var consumed, 'x')
            || consumed != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
