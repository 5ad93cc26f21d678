using System.Globalization;
using System.Text;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>Literals of strings and bytes: plain, raw, and in three quotes.</summary>
internal static class CelStringLiteral
{
    private const string Simple = "abfnrtv\\?\"'`";
    private const string SimpleValues = "\a\b\f\n\r\t\v\\?\"'`";

    public static bool StartsAt(string text, int at)
    {
        int prefix = 0;
        while (prefix < 2 && at + prefix < text.Length && text[at + prefix] is 'r' or 'R' or 'b' or 'B')
        {
            prefix++;
        }

        bool distinct = prefix < 2 || (char.ToLowerInvariant(text[at]) != char.ToLowerInvariant(text[at + 1]));
        return distinct && at + prefix < text.Length && text[at + prefix] is '"' or '\'';
    }

    /// <summary>Reads the literal that starts at <paramref name="at"/> and moves behind it.</summary>
    public static CelValue Read(string text, ref int at)
    {
        int start = at;
        bool raw = false;
        bool bytes = false;
        for (; text[at] is not ('"' or '\''); at++)
        {
            raw |= text[at] is 'r' or 'R';
            bytes |= text[at] is 'b' or 'B';
        }

        string quote = text[at].ToString();
        string triple = quote + quote + quote;
        string delimiter = text.AsSpan(at).StartsWith(triple) ? triple : quote;
        int from = at + delimiter.Length;
        int end = End(text, from, delimiter, raw);
        if (end < 0)
        {
            throw new CelSyntaxException(start, $"Syntax error: token recognition error at: '{CelSource.Printable(text[start..])}'");
        }

        at = end + delimiter.Length;
        return bytes ? CelValue.Bytes(Bytes(text, from, end, raw)) : CelValue.String(Text(text, from, end, raw));
    }

    private static int End(string text, int from, string delimiter, bool raw)
    {
        for (int i = from; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith(delimiter))
            {
                return i;
            }

            if (delimiter.Length == 1 && text[i] is '\n' or '\r')
            {
                return -1;
            }

            if (text[i] == '\\' && !raw)
            {
                i++;
            }
        }

        return -1;
    }

    private static string Text(string text, int from, int end, bool raw)
    {
        if (raw || text.AsSpan(from, end - from).IndexOfAny('\\', '\r') < 0)
        {
            return text[from..end].Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        var result = new StringBuilder(end - from);
        for (int i = from; i < end;)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i++]);
                continue;
            }

            result.Append(Rune.TryCreate(Escape(text, ref i, out _), out Rune rune) ? rune.ToString() : throw Malformed(i));
        }

        return result.ToString();
    }

    private static byte[] Bytes(string text, int from, int end, bool raw)
    {
        var result = new List<byte>(end - from);
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = from; i < end;)
        {
            if (text[i] == '\\' && !raw)
            {
                int value = Escape(text, ref i, out bool octet);
                if (octet)
                {
                    result.Add((byte)value);
                    continue;
                }

                Rune escaped = Rune.TryCreate(value, out Rune created) ? created : throw Malformed(i);
                result.AddRange(utf8[..escaped.EncodeToUtf8(utf8)]);
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i, end - i), out Rune rune, out int consumed);
            result.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            i += consumed;
        }

        return [.. result];
    }

    /// <summary>The code point of the escape at <paramref name="i"/>; in bytes, \x and octal ones are octets.</summary>
    private static int Escape(string text, ref int i, out bool octet)
    {
        int start = i++;
        char c = i < text.Length ? text[i++] : throw Malformed(start);
        octet = c is 'x' or 'X' or (>= '0' and <= '3');
        int simple = Simple.IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            return SimpleValues[simple];
        }

        (int digits, int radix) = c switch
        {
            'x' or 'X' => (2, 16),
            'u' => (4, 16),
            'U' => (8, 16),
            >= '0' and <= '3' => (3, 8),
            _ => throw Malformed(start),
        };
        int from = radix == 8 ? i - 1 : i;
        i = from + digits;
        if (i > text.Length)
        {
            throw Malformed(start);
        }

        ReadOnlySpan<char> number = text.AsSpan(from, digits);
        if (radix == 8)
        {
            return number.ContainsAnyExceptInRange('0', '7') ? throw Malformed(start) : ((number[0] - '0') * 64) + ((number[1] - '0') * 8) + number[2] - '0';
        }

        return uint.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) && value <= 0x10FFFF
            ? (int)value
            : throw Malformed(start);
    }

    private static CelSyntaxException Malformed(int offset) => new(offset, "Syntax error: invalid escape sequence in a literal");
}
