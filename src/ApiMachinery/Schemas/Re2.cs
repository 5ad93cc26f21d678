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
            error = "error parsing regexp: " + Describe(e.Error, pattern);
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

    private static string Describe(RegexParseError error, string pattern) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => $"missing closing ): `{pattern}`",
        RegexParseError.InsufficientOpeningParentheses => $"unexpected ): `{pattern}`",
        RegexParseError.UnterminatedBracket => $"missing closing ]: `{pattern}`",
        RegexParseError.QuantifierAfterNothing => $"missing argument to repetition operator: `{pattern}`",
        RegexParseError.NestedQuantifiersNotParenthesized => $"invalid nested repetition operator: `{pattern}`",
        RegexParseError.ReversedCharacterRange or RegexParseError.ShorthandClassInCharacterRange => $"invalid character class range: `{pattern}`",
        RegexParseError.ReversedQuantifierRange or RegexParseError.QuantifierOrCaptureGroupOutOfRange => $"invalid repeat count: `{pattern}`",
        RegexParseError.UnescapedEndingBackslash => "trailing backslash at end of expression: ``",
        _ => $"invalid or unsupported Perl syntax: `{pattern}`",
    };
}
