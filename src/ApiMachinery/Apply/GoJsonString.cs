using System.Globalization;
using System.Text;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Strings in JSON as Go's encoder writes them: <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and the two line separators are escaped.</summary>
internal static class GoJsonString
{
    private static readonly System.Buffers.SearchValues<char> NeedsEscape = System.Buffers.SearchValues.Create(
        "\"\\<>&\u2028\u2029\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>Whether the string needs no escape.</summary>
    public static bool IsPlain(ReadOnlySpan<char> value) => !value.ContainsAny(NeedsEscape);

    public static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        if (IsPlain(value))
        {
            text.Append(value);
        }
        else
        {
            foreach (var unit in value)
            {
                AppendUnit(text, unit);
            }
        }

        text.Append('"');
    }

    private static void AppendUnit(StringBuilder text, char unit)
    {
        var escape = unit switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture),
            _ => null,
        };
        _ = escape is null ? text.Append(unit) : text.Append(escape);
    }
}
