using System.Globalization;
using System.Text;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Writes one string in a given form, folding long lines at blanks after column 80.</summary>
internal static class ScalarText
{
    private const int Width = 80;

    public static void Write(YamlLines lines, string text, ScalarForm form, int indent, bool fold)
    {
        switch (form)
        {
            case ScalarForm.Plain:
                Plain(lines, text, indent, fold);
                return;
            case ScalarForm.SingleQuoted:
                lines.Put('\'');
                Quoted(lines, text, indent, fold);
                lines.Put('\'');
                return;
            case ScalarForm.DoubleQuoted:
                lines.Put('"');
                Escaped(lines, text, indent, fold);
                lines.Put('"');
                return;
            default:
                Literal(lines, text, indent);
                return;
        }
    }

    private static void Plain(YamlLines lines, string text, int indent, bool fold)
    {
        for (int at = 0; at < text.Length; at++)
        {
            Character(lines, text, at, indent, fold);
        }
    }

    private static void Quoted(YamlLines lines, string text, int indent, bool fold)
    {
        for (int at = 0; at < text.Length; at++)
        {
            Character(lines, text, at, indent, fold && at > 0 && at < text.Length - 1);
            if (text[at] == '\'')
            {
                lines.Put('\'');
            }
        }
    }

    private static void Character(YamlLines lines, string text, int at, int indent, bool fold)
    {
        if (fold && IsFoldable(lines, text, at))
        {
            lines.Break();
            lines.Indent(indent);
            return;
        }

        lines.Put(text[at]);
    }

    private static bool IsFoldable(YamlLines lines, string text, int at) =>
        text[at] == ' ' && lines.Column > Width && (at == 0 || text[at - 1] != ' ') && at + 1 < text.Length && text[at + 1] != ' ';

    private static void Escaped(YamlLines lines, string text, int indent, bool fold)
    {
        bool afterSpace = false;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != ' ')
            {
                at += Escape(lines, text, at);
                afterSpace = false;
                continue;
            }

            if (fold && !afterSpace && lines.Column > Width && at > 0 && at < text.Length - 1)
            {
                lines.Break();
                lines.Indent(indent);
                lines.Put(text[at + 1] == ' ' ? "\\" : string.Empty);
            }
            else
            {
                lines.Put(' ');
            }

            afterSpace = true;
        }
    }

    /// <returns>How many more characters than one were written.</returns>
    private static int Escape(YamlLines lines, string text, int at)
    {
        char c = text[at];
        if (c is '"' or '\\')
        {
            lines.Put('\\');
            lines.Put(c);
            return 0;
        }

        if (c != '\n' && ScalarAnalysis.IsPrintable(c))
        {
            lines.Put(c);
            return 0;
        }

        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
        lines.Put(ShortEscape(rune.Value) ?? LongEscape(rune.Value));
        return length - 1;
    }

    private static string? ShortEscape(int value) => value switch
    {
        0 => "\\0",
        7 => "\\a",
        8 => "\\b",
        9 => "\\t",
        10 => "\\n",
        11 => "\\v",
        12 => "\\f",
        13 => "\\r",
        0x1B => "\\e",
        0x85 => "\\N",
        0x2028 => "\\L",
        0x2029 => "\\P",
        _ => null,
    };

    private static string LongEscape(int value) => value switch
    {
        <= 0xFF => "\\x" + value.ToString("X2", CultureInfo.InvariantCulture),
        <= 0xFFFF => "\\u" + value.ToString("X4", CultureInfo.InvariantCulture),
        _ => "\\U" + value.ToString("X8", CultureInfo.InvariantCulture),
    };

    private static void Literal(YamlLines lines, string text, int indent)
    {
        lines.Put('|');
        lines.Put(text[0] is ' ' or '\n' ? "2" : string.Empty);
        lines.Put(Chomping(text));
        lines.Break();
        foreach (ReadOnlySpan<char> line in text.AsSpan(0, text[^1] == '\n' ? text.Length - 1 : text.Length).EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                lines.Indent(indent);
                lines.Put(line);
            }

            lines.Break();
        }
    }

    private static string Chomping(string text)
    {
        if (text[^1] != '\n')
        {
            return "-";
        }

        return text.Length == 1 || text[^2] == '\n' ? "+" : string.Empty;
    }
}
