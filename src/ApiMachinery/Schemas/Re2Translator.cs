using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Rewrites an RE2 expression as one of .NET with the same meaning: ASCII classes, <c>$</c> as the end of the text, POSIX classes,
/// <c>(?P&lt;name&gt;</c>, <c>\Q..\E</c>, <c>\pL</c>, <c>\x{..}</c>. What only .NET has is refused.
/// </summary>
internal sealed class Re2Translator(string pattern)
{
    private const int MaxRepeat = 1000;
    private readonly StringBuilder _out = new(pattern.Length + 16);
    private readonly Stack<bool> _multiline = new([false]);
    private int _at;

    public string Translate()
    {
        while (_at < pattern.Length)
        {
            Step();
        }

        return _out.ToString();
    }

    private void Step()
    {
        char c = pattern[_at];
        switch (c)
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(':
                Group();
                break;
            case ')':
                Take(c);
                if (_multiline.Count > 1)
                {
                    _multiline.Pop();
                }

                break;
            case '{':
                Repeat();
                break;
            case '$' when !_multiline.Peek():
                _out.Append(@"\z");
                _at++;
                break;
            default:
                Take(c);
                break;
        }
    }

    private void Take(char c)
    {
        _out.Append(c);
        _at++;
    }

    private void Repeat()
    {
        int end = pattern.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        bool counted = bounds.Length is 1 or 2 && IsNumber(bounds[0]) && (bounds.Length == 1 || bounds[1].Length == 0 || IsNumber(bounds[1]));
        if (!counted)
        {
            _out.Append(@"\{");
            _at++;
            return;
        }

        if (Array.Exists(bounds, static b => b.Length > 4 || (b.Length > 0 && int.Parse(b, CultureInfo.InvariantCulture) > MaxRepeat)))
        {
            throw new Re2SyntaxException($"invalid repeat count: `{pattern[_at..(end + 1)]}`");
        }

        _out.Append(pattern, _at, end + 1 - _at);
        _at = end + 1;
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private void Group()
    {
        _multiline.Push(_multiline.Peek());
        if (!Follows("(?"))
        {
            Take('(');
            return;
        }

        if (Follows("(?P<") || (Follows("(?<") && !Follows("(?<=") && !Follows("(?<!")))
        {
            Name();
            return;
        }

        Flags();
    }

    private void Name()
    {
        int start = pattern.IndexOf('<', _at) + 1;
        int end = pattern.IndexOf('>', start);
        string name = end < 0 ? string.Empty : pattern[start..end];
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new Re2SyntaxException($"invalid named capture: `{pattern[_at..(end < 0 ? pattern.Length : end + 1)]}`");
        }

        _out.Append('(');
        _at = end + 1;
    }

    private void Flags()
    {
        int i = _at + 2;
        bool on = true;
        var flags = new StringBuilder("(?");
        for (; i < pattern.Length && (pattern[i] is 'i' or 'm' or 's' or 'U' or '-'); i++)
        {
            on &= pattern[i] != '-';
            if (pattern[i] == 'm')
            {
                _multiline.Pop();
                _multiline.Push(on);
            }

            if (pattern[i] != 'U')
            {
                flags.Append(pattern[i]);
            }
        }

        if (i >= pattern.Length || pattern[i] is not (':' or ')'))
        {
            throw new Re2SyntaxException($"invalid or unsupported Perl syntax: `{pattern[_at..Math.Min(i + 1, pattern.Length)]}`");
        }

        if (pattern[i] == ')')
        {
            bool multiline = _multiline.Pop();
            _multiline.Pop();
            _multiline.Push(multiline);
        }

        bool bare = flags.Length == 2 && pattern[i] == ')';
        _out.Append(bare ? "(?:)" : flags.Append(pattern[i]).ToString());
        _at = i + 1;
    }

    private bool Follows(string text) => string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;

    private void Class()
    {
        int start = _at;
        Take('[');
        if (_at < pattern.Length && pattern[_at] == '^')
        {
            Take('^');
        }

        for (bool first = true; _at < pattern.Length && (first || pattern[_at] != ']'); first = false)
        {
            ClassItem();
        }

        if (_at >= pattern.Length)
        {
            throw new Re2SyntaxException($"missing closing ]: `{pattern[start..]}`");
        }

        Take(']');
    }

    private void ClassItem()
    {
        char c = pattern[_at];
        if (Follows("[:") && pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is var end and >= 0)
        {
            string name = pattern[(_at + 2)..end];
            _out.Append(Re2Classes.Posix(name) ?? throw new Re2SyntaxException($"invalid character class range: `{pattern[_at..(end + 2)]}`"));
            _at = end + 2;
        }
        else if (c == '\\')
        {
            Escape(inClass: true);
        }
        else if (c is '[' or ']')
        {
            _out.Append('\\');
            Take(c);
        }
        else
        {
            Take(c);
        }
    }

    private void Escape(bool inClass)
    {
        if (_at + 1 >= pattern.Length)
        {
            throw new Re2SyntaxException("trailing backslash at end of expression: ``");
        }

        char c = pattern[_at + 1];
        if (Re2Classes.Perl(c, inClass) is { } perl)
        {
            _out.Append(perl);
            _at += 2;
        }
        else if (c is 'p' or 'P')
        {
            Property(c);
        }
        else if (c == 'x')
        {
            Hex();
        }
        else if (c == 'Q' && !inClass)
        {
            Quoted();
        }
        else if (!char.IsAsciiLetterOrDigit(c))
        {
            _out.Append(c == ']' || c == '-' ? "\\" + c : Regex.Escape(c.ToString()));
            _at += 2;
        }
        else
        {
            Letter(c, inClass);
        }
    }

    private void Letter(char c, bool inClass)
    {
        bool octal = c == '0' || (c is >= '1' and <= '7' && _at + 2 < pattern.Length && pattern[_at + 2] is >= '0' and <= '7');
        if (octal)
        {
            int value = 0, i = _at + 1;
            for (; i < pattern.Length && i < _at + 4 && pattern[i] is >= '0' and <= '7'; i++)
            {
                value = (value * 8) + (pattern[i] - '0');
            }

            Character(value);
            _at = i;
        }
        else if (c is 'a' or 'f' or 't' or 'n' or 'r' or 'v' || (!inClass && c is 'A' or 'z' or 'b' or 'B'))
        {
            _out.Append('\\').Append(c);
            _at += 2;
        }
        else
        {
            throw new Re2SyntaxException($"invalid escape sequence: `\\{c}`");
        }
    }

    private void Property(char c)
    {
        int end = _at + 2 < pattern.Length && pattern[_at + 2] == '{' ? pattern.IndexOf('}', _at) : _at + 2;
        if (end < 0 || end >= pattern.Length)
        {
            throw new Re2SyntaxException($"invalid character class range: `{pattern[_at..]}`");
        }

        string name = pattern[(_at + 2)..(end + 1)].Trim('{', '}');
        _out.Append('\\').Append(name.StartsWith('^') == (c == 'p') ? 'P' : 'p').Append('{').Append(name.TrimStart('^')).Append('}');
        _at = end + 1;
    }

    private void Hex()
    {
        bool braced = _at + 2 < pattern.Length && pattern[_at + 2] == '{';
        int start = _at + (braced ? 3 : 2);
        int end = braced ? pattern.IndexOf('}', start) : start + 2;
        bool good = end >= 0 && end <= pattern.Length
            && int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            && value <= 0x10FFFF;
        if (!good)
        {
            throw new Re2SyntaxException($"invalid escape sequence: `{pattern[_at..Math.Min(pattern.Length, _at + 4)]}`");
        }

        Character(int.Parse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        _at = end + (braced ? 1 : 0);
    }

    private void Character(int value)
    {
        if (value <= 0xFFFF)
        {
            _out.Append("\\u").Append(value.ToString("x4", CultureInfo.InvariantCulture));
        }
        else
        {
            _out.Append(char.ConvertFromUtf32(value));
        }
    }

    private void Quoted()
    {
        int end = pattern.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
        int stop = end < 0 ? pattern.Length : end;
        _out.Append(Regex.Escape(pattern[(_at + 2)..stop]));
        _at = end < 0 ? stop : end + 2;
    }
}
