using System.Text;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>The <c>fieldPath</c> of a rule: fields and keys of maps from the rule's own value, as <c>.spec.a['b.c']</c>.</summary>
internal static class RuleFieldPath
{
    /// <summary>The path as messages show it, or why it is none.</summary>
    public static (string? Path, string? Fault) Resolve(string text, StructuralSchema schema)
    {
        var path = new StringBuilder();
        StructuralSchema current = schema;
        for (int at = 0; at < text.Length;)
        {
            if (!TryElement(text, ref at, out string name, out string fault))
            {
                return (null, fault);
            }

            if (current.Properties.TryGetValue(name, out StructuralSchema? child))
            {
                path.Append(path.Length > 0 ? "." : string.Empty).Append(name);
            }
            else if (current.AdditionalProperties is { } values && current.Properties.Count == 0)
            {
                path.Append('[').Append(name).Append(']');
                child = values;
            }
            else
            {
                return (null, "does not refer to a valid field");
            }

            current = child;
        }

        return (path.ToString(), null);
    }

    private static bool TryElement(string text, ref int at, out string name, out string fault)
    {
        name = fault = string.Empty;
        int start = at + 1;
        switch (text[at])
        {
            case '.':
                int end = text.AsSpan(start).IndexOfAny('.', '[', ']');
                at = end < 0 ? text.Length : start + end;
                name = text[start..at];
                fault = name.Length > 0 ? string.Empty : "unexpected end of JSON path";
                return name.Length > 0;
            case '[':
                return TryQuoted(text, ref at, out name, out fault);
            default:
                fault = $"expected [ or . but got: {text[at..]}";
                return false;
        }
    }

    private static bool TryQuoted(string text, ref int at, out string name, out string fault)
    {
        name = string.Empty;
        fault = "unexpected end of JSON path";
        var unescaped = new StringBuilder();
        int i = at + 1;
        if (i >= text.Length || text[i] != '\'')
        {
            fault = i >= text.Length ? fault : $"expected single quoted string but got {text[i..]}";
            return false;
        }

        for (i++; i < text.Length && text[i] != '\''; i++)
        {
            if (text[i] != '\\')
            {
                unescaped.Append(text[i]);
                continue;
            }

            int escape = ++i < text.Length ? "abfnrtv'\\".IndexOf(text[i], StringComparison.Ordinal) : -1;
            if (escape < 0)
            {
                fault = "invalid string literal: invalid escape char";
                return false;
            }

            unescaped.Append("\a\b\f\n\r\t\v'\\"[escape]);
        }

        if (i + 1 >= text.Length || text[i + 1] != ']')
        {
            fault = i + 1 >= text.Length ? fault : $"expected ] but got {text[i + 1]}";
            return false;
        }

        at = i + 2;
        name = unescaped.ToString();
        return true;
    }
}
