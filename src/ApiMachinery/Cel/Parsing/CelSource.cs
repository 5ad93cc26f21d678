using System.Text;

namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>The text of an expression, for messages with a place.</summary>
internal sealed class CelSource(string text)
{
    public const int MaxCodePoints = 100_000;

    public string Text { get; } = text;

    public CelIssue Issue(int offset, string message)
    {
        int at = Math.Clamp(offset, 0, Text.Length);
        int start = at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;
        int line = Text.AsSpan(0, start).Count('\n') + 1;
        int column = CodePoints(Text.AsSpan(start, at - start));
        int end = Text.IndexOf('\n', start);
        string content = (end < 0 ? Text[start..] : Text[start..end]).TrimEnd('\r').Replace('\t', ' ');
        return new CelIssue(line, column + 1, message, $"\n | {content}\n | {new string('.', column)}^");
    }

    public static int CodePoints(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        if (text.IndexOfAnyInRange('\ud800', '\udbff') < 0)
        {
            return count;
        }

        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
            }
        }

        return count;
    }

    public static string Printable(string token) => new StringBuilder(token).Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t").ToString();
}
