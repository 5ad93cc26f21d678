using System.Text;

namespace KubeFed.Conformance.Kubectl;

/// <summary>Splits a line into words as a shell does: at blanks, but not within single or double quotes, which are taken off.</summary>
internal static class ShellWords
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        var inWord = false;
        foreach (var c in line)
        {
            if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && (c is '\'' or '"'))
            {
                quote = c;
                inWord = true;
            }
            else if (quote is null && c == ' ')
            {
                End();
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        End();
        return quote is null ? words : throw new FormatException($"a quote is not closed: {line}");

        void End()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }
}
