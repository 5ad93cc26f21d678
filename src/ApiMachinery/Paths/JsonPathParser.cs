using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>Reads paths.</summary>
internal sealed class JsonPathParser
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 16;
    private readonly string _text;
    private readonly List<PathStep> _steps = [];
    private readonly int _depth;
    private int _at;

    private JsonPathParser(string text, int depth)
    {
        _text = text;
        _depth = depth;
    }

    private bool AtEnd => _at >= _text.Length;

    public static PathStep[] Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new JsonPathException($"a path of {text.Length} characters: the limit is {MaxLength}");
        }

        string inner = text.Trim();
        if (inner.StartsWith('{') && inner.EndsWith('}'))
        {
            inner = inner[1..^1].Trim();
        }

        return new JsonPathParser(inner, 0).Steps();
    }

    private PathStep[] Steps()
    {
        if (!AtEnd && _text[_at] is '$' or '@')
        {
            _at++;
        }
        else if (!AtEnd && _text[_at] is not ('.' or '['))
        {
            _steps.Add(new FieldStep(Name()));
        }

        while (!AtEnd)
        {
            Step();
        }

        return [.. _steps];
    }

    private void Step()
    {
        switch (_text[_at])
        {
            case '[':
                _at++;
                Brackets();
                break;
            case '.' when _at + 1 < _text.Length && _text[_at + 1] == '.':
                _at += 2;
                _steps.Add(new DescentStep());
                AfterDot(required: true);
                break;
            case '.':
                _at++;
                AfterDot(required: _text.Length > 1);
                break;
            default:
                throw Fault($"unexpected '{_text[_at]}'");
        }
    }

    private void AfterDot(bool required)
    {
        if (AtEnd)
        {
            if (required)
            {
                throw Fault("a name is missing");
            }
        }
        else if (_text[_at] == '*')
        {
            _at++;
            _steps.Add(new WildcardStep());
        }
        else if (_text[_at] != '[')
        {
            _steps.Add(new FieldStep(Name()));
        }
    }

    private string Name()
    {
        var name = new StringBuilder();
        while (!AtEnd && _text[_at] is not ('.' or '[' or ']' or '{' or '}' or '(' or ')' or ' ' or '$' or '@' or ',' or '"' or '\''))
        {
            if (_text[_at] == '\\' && ++_at >= _text.Length)
            {
                throw Fault("a character must follow '\\'");
            }

            name.Append(_text[_at++]);
        }

        return name.Length > 0 ? name.ToString() : throw Fault(AtEnd ? "a name is missing" : $"a name is expected before '{_text[_at]}'");
    }

    private void Brackets()
    {
        int end = Closing();
        string content = _text[_at..end].Trim();
        _at = end + 1;
        if (content.StartsWith('?'))
        {
            _steps.Add(Filter(content));
            return;
        }

        var parts = Split(content);
        PathStep[] choices = [.. parts.Select(Choice)];
        _steps.Add(choices.Length == 1 ? choices[0] : new UnionStep(choices));
    }

    // The place of the bracket that closes the one before, quoted ones and nested ones left out.
    private int Closing()
    {
        int open = 1;
        char quote = '\0';
        for (int i = _at; i < _text.Length; i++)
        {
            char c = _text[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else
            {
                open += c == '[' ? 1 : c == ']' ? -1 : 0;
                if (open == 0)
                {
                    return i;
                }
            }
        }

        throw Fault(quote == '\0' ? "unterminated array" : "unterminated string");
    }

    private static List<string> Split(string content)
    {
        var parts = new List<string>();
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < content.Length; i++)
        {
            char c = content[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == ',')
            {
                parts.Add(content[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(content[start..].Trim());
        return parts;
    }

    private PathStep Choice(string part)
    {
        if (part == "*")
        {
            return new WildcardStep();
        }

        if (part.Length > 1 && part[0] is '\'' or '"')
        {
            return new FieldStep(Unquote(part));
        }

        string[] bounds = part.Split(':');
        if (bounds.Length == 1)
        {
            return new IndexStep(Bound(part) ?? throw Fault("an index is missing"));
        }

        if (bounds.Length > 3)
        {
            throw Fault($"invalid array index {part}");
        }

        int step = bounds.Length == 3 ? Bound(bounds[2]) ?? 1 : 1;
        return step > 0 ? new SliceStep(Bound(bounds[0]), Bound(bounds[1]), step) : throw Fault("step must be > 0");
    }

    private int? Bound(string text)
    {
        string digits = text.Trim();
        if (digits.Length == 0)
        {
            return null;
        }

        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int bound) && bound > int.MinValue / 2
            ? bound
            : throw Fault($"invalid array index {digits}");
    }

    private FilterStep Filter(string content)
    {
        if (!content.StartsWith("?(", StringComparison.Ordinal) || !content.EndsWith(')'))
        {
            throw Fault("a filter is written [?(...)]");
        }

        string condition = content[2..^1].Trim();
        var (place, length) = FindOperator(condition);
        if (place < 0)
        {
            return new FilterStep(Operand(condition), null, null);
        }

        return new FilterStep(Operand(condition[..place].Trim()), condition.Substring(place, length), Operand(condition[(place + length)..].Trim()));
    }

    private (int Place, int Length) FindOperator(string condition)
    {
        char quote = '\0';
        int nested = 0;
        for (int i = 0; i < condition.Length; i++)
        {
            char c = condition[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
                continue;
            }

            nested += c == '[' ? 1 : c == ']' ? -1 : 0;
            quote = c is '\'' or '"' ? c : '\0';
            if (nested > 0 || c is not ('=' or '!' or '<' or '>'))
            {
                continue;
            }

            bool twice = i + 1 < condition.Length && condition[i + 1] == '=';
            return c is '=' or '!' && !twice ? throw Fault($"unrecognized operator '{c}'") : (i, twice ? 2 : 1);
        }

        return (-1, 0);
    }

    private FilterOperand Operand(string text)
    {
        if (text.Length == 0)
        {
            throw Fault("a side of the condition is missing");
        }

        if (text[0] is '@' or '.')
        {
            return _depth < MaxDepth
                ? new FilterOperand(new JsonPath(text, new JsonPathParser(text, _depth + 1).Steps()))
                : throw Fault($"filters nested deeper than {MaxDepth} levels");
        }

        if (text[0] is '\'' or '"')
        {
            return new FilterOperand(JsonValue.Create(Unquote(text)));
        }

        if (text is "true" or "false")
        {
            return new FilterOperand(JsonValue.Create(text == "true"));
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return new FilterOperand(JsonValue.Create(whole));
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? new FilterOperand(JsonValue.Create(number))
            : throw Fault($"unrecognized {text} in a condition");
    }

    private string Unquote(string part)
    {
        if (part.Length < 2 || part[^1] != part[0])
        {
            throw Fault("unterminated string");
        }

        var text = new StringBuilder();
        for (int i = 1; i < part.Length - 1; i++)
        {
            i += part[i] == '\\' && i < part.Length - 2 ? 1 : 0;
            text.Append(part[i]);
        }

        return text.ToString();
    }

    private JsonPathException Fault(string why) => new($"{_text}: {why}");
}
