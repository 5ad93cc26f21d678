using System.Diagnostics.CodeAnalysis;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>
/// Reads label selectors: comma-joined <c>k</c>, <c>!k</c>, <c>k=v</c>, <c>k==v</c>, <c>k!=v</c>, <c>k in (a,b)</c>, <c>k notin (a,b)</c>,
/// <c>k&gt;5</c>, <c>k&lt;5</c>, with the messages of the Kubernetes tools.
/// </summary>
public sealed class LabelSelectorParser
{
    private readonly List<(SelectorToken Token, string Literal)> _tokens;
    private int _position;

    private LabelSelectorParser(string text) => _tokens = SelectorLexer.Scan(text);

    /// <summary>Reads a selector; empty text selects everything.</summary>
    /// <exception cref="SelectorFormatException">The text is not a selector.</exception>
    public static Selector Parse(string text) => Selector.Of(new LabelSelectorParser(text).ReadAll());

    /// <summary>Reads a selector, or gives the reason why it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, out string reason)
    {
        try
        {
            (selector, reason) = (Parse(text), string.Empty);
            return true;
        }
        catch (SelectorFormatException e)
        {
            (selector, reason) = (null, e.Message);
            return false;
        }
    }

    private List<Requirement> ReadAll()
    {
        var requirements = new List<Requirement>();
        while (Peek().Token != SelectorToken.End)
        {
            (SelectorToken token, string literal) = Peek();
            if (token is not (SelectorToken.Identifier or SelectorToken.Not))
            {
                throw Unexpected(literal, ", expected: !, identifier, or 'end of string'");
            }

            requirements.Add(ReadWrapped());
            (token, literal) = Take();
            if (token == SelectorToken.End)
            {
                break;
            }

            if (token != SelectorToken.Comma)
            {
                throw Unexpected(literal, ", expected: ',' or 'end of string'");
            }

            if (Peek() is { Token: not (SelectorToken.Identifier or SelectorToken.Not) } next)
            {
                throw Unexpected(next.Literal, ", expected: identifier after ','");
            }
        }

        return requirements;
    }

    private Requirement ReadWrapped()
    {
        try
        {
            return ReadRequirement();
        }
        catch (SelectorFormatException e)
        {
            throw new SelectorFormatException("unable to parse requirement: " + e.Message);
        }
    }

    private Requirement ReadRequirement()
    {
        bool negated = Peek().Token == SelectorToken.Not;
        if (negated)
        {
            Take();
        }

        string key = ReadKey();
        bool alone = Peek().Token is SelectorToken.End or SelectorToken.Comma;
        if (negated || alone)
        {
            return Requirement.Create(key, negated ? SelectorOperator.DoesNotExist : SelectorOperator.Exists);
        }

        SelectorOperator op = ReadOperator();
        return Requirement.Create(key, op, op is SelectorOperator.In or SelectorOperator.NotIn ? ReadList() : [ReadValue()]);
    }

    private string ReadKey()
    {
        (SelectorToken token, string literal) = Take();
        if (token != SelectorToken.Identifier)
        {
            throw Unexpected(literal, ", expected: identifier");
        }

        IReadOnlyList<string> reasons = NameValidation.IsQualifiedName(literal);
        return reasons.Count == 0
            ? literal
            : throw new SelectorFormatException(FieldError.Invalid(null, literal, string.Join("; ", reasons)).ToString());
    }

    private SelectorOperator ReadOperator()
    {
        (_, string literal) = Peek();
        SelectorToken token = _tokens[_position].Token;
        Take();
        return token switch
        {
            SelectorToken.In => SelectorOperator.In,
            SelectorToken.NotIn => SelectorOperator.NotIn,
            SelectorToken.Equals => SelectorOperator.Equals,
            SelectorToken.DoubleEquals => SelectorOperator.DoubleEquals,
            SelectorToken.NotEquals => SelectorOperator.NotEquals,
            SelectorToken.Greater => SelectorOperator.GreaterThan,
            SelectorToken.Less => SelectorOperator.LessThan,
            _ => throw Unexpected(literal, ", expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    private string ReadValue()
    {
        if (Peek().Token is SelectorToken.End or SelectorToken.Comma)
        {
            return string.Empty;
        }

        (SelectorToken token, string literal) = Take();
        return token == SelectorToken.Identifier ? literal : throw Unexpected(literal, ", expected: identifier");
    }

    /// <summary>A list in parentheses; empty places in it stand for the empty value.</summary>
    private List<string> ReadList()
    {
        (SelectorToken token, string literal) = Take();
        if (token != SelectorToken.Open)
        {
            throw Unexpected(literal, " expected: '('");
        }

        if (Peek() is { Token: not (SelectorToken.Identifier or SelectorToken.Comma or SelectorToken.Close) } other)
        {
            throw Unexpected(other.Literal, ", expected: ',', ')' or identifier");
        }

        var values = new List<string>();
        do
        {
            values.Add(ReadListValue());
            (token, _) = Take();
        }
        while (token == SelectorToken.Comma);
        return values;
    }

    private string ReadListValue()
    {
        (SelectorToken token, string literal) = Peek();
        if (token is SelectorToken.Comma or SelectorToken.Close)
        {
            return string.Empty;
        }

        Take();
        if (token != SelectorToken.Identifier)
        {
            throw Unexpected(literal, ", expected: ',', or identifier");
        }

        return Peek() is { Token: not (SelectorToken.Comma or SelectorToken.Close) } next
            ? throw Unexpected(next.Literal, ", expected: ',' or ')'")
            : literal;
    }

    /// <summary>The next token. The words <c>in</c> and <c>notin</c> count as identifiers; only <see cref="ReadOperator"/> sees them as operators.</summary>
    private (SelectorToken Token, string Literal) Peek()
    {
        (SelectorToken token, string literal) = _tokens[_position];
        return (token is SelectorToken.In or SelectorToken.NotIn ? SelectorToken.Identifier : token, literal);
    }

    private (SelectorToken Token, string Literal) Take()
    {
        (SelectorToken, string) token = Peek();
        _position = Math.Min(_position + 1, _tokens.Count - 1);
        return token;
    }

    private static SelectorFormatException Unexpected(string literal, string expected) => new($"found '{literal}'{expected}");
}
