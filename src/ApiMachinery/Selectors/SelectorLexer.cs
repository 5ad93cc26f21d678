using System.Buffers;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>Cuts a label selector into tokens.</summary>
internal static class SelectorLexer
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("=!(),>< \t\r\n");

    /// <summary>The tokens, of which the last is <see cref="SelectorToken.End"/>.</summary>
    public static List<(SelectorToken Token, string Literal)> Scan(string text)
    {
        var tokens = new List<(SelectorToken, string)>();
        for (int at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
                continue;
            }

            string literal = Delimiters.Contains(text[at]) ? Symbol(text, at) : Word(text, at);
            tokens.Add((Classify(literal), literal));
            at += literal.Length;
        }

        tokens.Add((SelectorToken.End, string.Empty));
        return tokens;
    }

    private static string Symbol(string text, int at) =>
        text[at] is '=' or '!' && at + 1 < text.Length && text[at + 1] == '=' ? text.Substring(at, 2) : text.Substring(at, 1);

    private static string Word(string text, int at)
    {
        int end = text.AsSpan(at).IndexOfAny(Delimiters);
        return end < 0 ? text[at..] : text.Substring(at, end);
    }

    private static SelectorToken Classify(string literal) => literal switch
    {
        "," => SelectorToken.Comma,
        "(" => SelectorToken.Open,
        ")" => SelectorToken.Close,
        "!" => SelectorToken.Not,
        "=" => SelectorToken.Equals,
        "==" => SelectorToken.DoubleEquals,
        "!=" => SelectorToken.NotEquals,
        ">" => SelectorToken.Greater,
        "<" => SelectorToken.Less,
        "in" => SelectorToken.In,
        "notin" => SelectorToken.NotIn,
        _ => SelectorToken.Identifier,
    };
}
