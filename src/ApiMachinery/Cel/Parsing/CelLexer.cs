using System.Globalization;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] LongSymbols = ["==", "!=", "<=", ">=", "&&", "||"];

    private int _at;

    /// <summary>The tokens, of which the last is <see cref="CelTokenKind.End"/>.</summary>
    /// <exception cref="CelSyntaxException">A character starts no token, or a literal is malformed.</exception>
    public List<CelToken> Scan()
    {
        var tokens = new List<CelToken>();
        while (SkipBlanks())
        {
            tokens.Add(Next());
        }

        tokens.Add(new CelToken(CelTokenKind.End, text.Length, "<EOF>"));
        return tokens;
    }

    private bool SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                _at++;
            }
            else if (text.AsSpan(_at).StartsWith("//"))
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private CelToken Next()
    {
        char c = text[_at];
        if (CelStringLiteral.StartsAt(text, _at))
        {
            int start = _at;
            CelValue value = CelStringLiteral.Read(text, ref _at);
            return new CelToken(CelTokenKind.Literal, start, text[start.._at], value);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return Number();
        }

        return char.IsAsciiLetter(c) || c == '_' ? Identifier() : c == '`' ? Quoted() : Symbol(c);
    }

    private CelToken Identifier()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        string word = text[start.._at];
        return word switch
        {
            "true" => new CelToken(CelTokenKind.Literal, start, word, CelValue.Bool(true)),
            "false" => new CelToken(CelTokenKind.Literal, start, word, CelValue.Bool(false)),
            "null" => new CelToken(CelTokenKind.Literal, start, word, CelValue.Null),
            "in" => new CelToken(CelTokenKind.Symbol, start, word),
            _ => new CelToken(CelTokenKind.Identifier, start, word),
        };
    }

    private CelToken Quoted()
    {
        int start = _at;
        int end = text.IndexOf('`', start + 1);
        string name = end < 0 ? string.Empty : text[(start + 1)..end];
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ' '))
        {
            throw Unrecognised(start, "`");
        }

        _at = end + 1;
        return new CelToken(CelTokenKind.QuotedIdentifier, start, name);
    }

    private CelToken Symbol(char c)
    {
        foreach (string symbol in LongSymbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol))
            {
                _at += 2;
                return new CelToken(CelTokenKind.Symbol, _at - 2, symbol);
            }
        }

        if (!"<>()[]{}.,-!?:+*/%".Contains(c))
        {
            throw Unrecognised(_at, text.Substring(_at, char.IsHighSurrogate(c) && _at + 1 < text.Length ? 2 : 1));
        }

        return new CelToken(CelTokenKind.Symbol, _at++, c.ToString());
    }

    private CelToken Number()
    {
        int start = _at;
        if (text[_at] == '0' && _at + 2 < text.Length && text[_at + 1] is 'x' or 'X' && char.IsAsciiHexDigit(text[_at + 2]))
        {
            _at += 2;
            Skip(char.IsAsciiHexDigit);
            return Integer(start, text[(start + 2).._at], NumberStyles.AllowHexSpecifier);
        }

        Skip(char.IsAsciiDigit);
        bool fraction = _at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]);
        if (fraction)
        {
            _at++;
            Skip(char.IsAsciiDigit);
        }

        bool exponent = Exponent();
        if (!fraction && !exponent)
        {
            return Integer(start, text[start.._at], NumberStyles.None);
        }

        double value = double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new CelToken(CelTokenKind.Literal, start, text[start.._at], CelValue.Double(value))
            : throw new CelSyntaxException(start, "invalid double literal");
    }

    private bool Exponent()
    {
        int mark = _at;
        if (_at >= text.Length || text[_at] is not ('e' or 'E'))
        {
            return false;
        }

        _at++;
        if (_at < text.Length && text[_at] is '+' or '-')
        {
            _at++;
        }

        int digits = _at;
        Skip(char.IsAsciiDigit);
        if (_at > digits)
        {
            return true;
        }

        _at = mark;
        return false;
    }

    private CelToken Integer(int start, string digits, NumberStyles style)
    {
        bool fits = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong value);
        if (_at < text.Length && text[_at] is 'u' or 'U')
        {
            _at++;
            return fits
                ? new CelToken(CelTokenKind.Literal, start, text[start.._at], CelValue.Uint(value))
                : throw new CelSyntaxException(start, "invalid uint literal");
        }

        bool negative = IsNegated(start) && value == (ulong)long.MaxValue + 1;
        return fits && (value <= long.MaxValue || negative)
            ? new CelToken(CelTokenKind.Literal, start, text[start.._at], CelValue.Int(unchecked((long)value)))
            : throw new CelSyntaxException(start, "invalid int literal");
    }

    private bool IsNegated(int start)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, start).TrimEnd();
        return before.EndsWith("-");
    }

    private void Skip(Func<char, bool> belongs)
    {
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }
    }

    private static CelSyntaxException Unrecognised(int offset, string what) =>
        new(offset, $"Syntax error: token recognition error at: '{CelSource.Printable(what)}'");
}
