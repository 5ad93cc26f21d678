using System.Text;
using KubeFed.ApiServerRuntime.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>
/// Writes <c>Warning: 299 - "text"</c> headers. All texts together have at most 4096 characters: past that each is cut to 256, and what
/// then exceeds the sum is left out.
/// </summary>
internal static class WarningHeaders
{
    private const int MaxTotal = 4096;
    private const int MaxEachWhenCut = 256;

    public static void Write(IHeaderDictionary headers, WarningList warnings)
    {
        if (warnings.Texts.Count > 0)
        {
            headers["Warning"] = new StringValues([.. Fit(warnings.Texts).Select(Quote)]);
        }
    }

    private static List<string> Fit(IReadOnlyList<string> texts)
    {
        bool cut = texts.Sum(text => text.EnumerateRunes().Count()) > MaxTotal;
        var result = new List<string>();
        int total = 0;
        foreach (string text in texts)
        {
            string fitting = cut ? Cut(text) : text;
            total += fitting.EnumerateRunes().Count();
            if (total > MaxTotal)
            {
                break;
            }

            result.Add(fitting);
        }

        return result;
    }

    private static string Cut(string text)
    {
        int length = 0;
        int runes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (++runes > MaxEachWhenCut)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("299 - \"", text.Length + 16);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(char.IsControl(c) ? ' ' : c);
        }

        return quoted.Append('"').ToString();
    }
}
