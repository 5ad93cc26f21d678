using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Regular expressions in RE2 syntax, which is Go's and so Kubernetes'. Matching takes time linear in the text; the few expressions too large
/// for that stop after a second instead.
/// </summary>
public static class Re2
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Reads an expression.</summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="regex">The expression ready for use, safe to share between threads. Its <c>IsMatch</c> looks for a match anywhere.</param>
    /// <param name="error">What is wrong, in Go's words: <c>error parsing regexp: missing closing ): `(a`</c>.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryCompile(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        error = null;
        try
        {
            regex = Compile(new Re2Translator(pattern).Translate());
            return true;
        }
        catch (Re2SyntaxException e)
        {
            error = "error parsing regexp: " + e.Message;
        }
        catch (RegexParseException e)
        {
            error = "error parsing regexp: " + Describe(e, pattern);
        }
        catch (ArgumentException)
        {
            error = $"error parsing regexp: invalid or unsupported Perl syntax: `{pattern}`";
        }

        return false;
    }

    /// <summary>Whether the expression matches somewhere in the text; an expression that takes too long counts as no match.</summary>
    internal static bool IsMatch(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Compile(string translated)
    {
        try
        {
            return new Regex(translated, Linear, Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, RegexOptions.CultureInvariant, Timeout);
        }
    }

    private static string Describe(RegexParseException e, string pattern) => e.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => $"missing closing ): `{pattern}`",
        RegexParseError.InsufficientOpeningParentheses => $"unexpected ): `{pattern}`",
        RegexParseError.UnterminatedBracket => $"missing closing ]: `{pattern}`",
        RegexParseError.QuantifierAfterNothing => $"missing argument to repetition operator: `{Operators(pattern, e.Offset)}`",
        RegexParseError.NestedQuantifiersNotParenthesized => $"invalid nested repetition operator: `{Operators(pattern, e.Offset)}`",
        RegexParseError.ReversedCharacterRange or RegexParseError.ShorthandClassInCharacterRange =>
            $"invalid character class range: `{Range(pattern)}`",
        RegexParseError.ReversedQuantifierRange or RegexParseError.QuantifierOrCaptureGroupOutOfRange => $"invalid repeat count: `{pattern}`",
        _ => $"invalid or unsupported Perl syntax: `{pattern}`",
    };

    private static string Operators(string pattern, int offset)
    {
        int last = Math.Min(offset, pattern.Length - 1);
        while (last > 0 && !IsOperator(pattern[last]))
        {
            last--;
        }

        int first = last;
        while (first > 0 && IsOperator(pattern[first - 1]))
        {
            first--;
        }

        return pattern[first..(last + 1)];
    }

    private static bool IsOperator(char c) => c is '*' or '+' or '?';

    private static string Range(string pattern)
    {
        for (int i = 1; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '-' && pattern[i - 1] > pattern[i + 1])
            {
                return pattern[(i - 1)..(i + 2)];
            }
        }

        return pattern;
    }
}
