namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>Builds the tree of an expression by recursive descent; depth and size are bounded.</summary>
internal sealed class CelParser
{
    /// <summary>How deep parentheses, calls and literals nest.</summary>
    public const int MaxDepth = 250;

    /// <summary>How long a chain of operators or members is.</summary>
    public const int MaxChain = 500;

    private const string Operand =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    };

    private readonly List<CelToken> _tokens;
    private int _at;
    private int _depth;

    private CelParser(List<CelToken> tokens) => _tokens = tokens;

    private CelToken Current => _tokens[_at];

    /// <summary>Reads one expression.</summary>
    /// <exception cref="CelCompileException">The text is none.</exception>
    public static CelExpr Parse(CelSource source)
    {
        int size = CelSource.CodePoints(source.Text);
        if (size > CelSource.MaxCodePoints)
        {
            string message = $"expression code point size exceeds limit: size: {size}, limit {CelSource.MaxCodePoints}";
            throw new CelCompileException([new CelIssue(1, 1, message, string.Empty)]);
        }

        try
        {
            var parser = new CelParser(new CelLexer(source.Text).Scan());
            CelExpr expr = parser.Expression();
            return parser.Current.Kind == CelTokenKind.End ? expr : throw parser.Mismatch("<EOF>");
        }
        catch (CelSyntaxException e)
        {
            throw new CelCompileException([source.Issue(e.Offset, e.Message)]);
        }
    }

    private CelExpr Expression()
    {
        if (++_depth > MaxDepth)
        {
            throw new CelSyntaxException(Current.Offset, $"expression recursion limit exceeded: {MaxDepth}");
        }

        CelExpr condition = Logical("||", "_||_", And);
        int offset = Current.Offset;
        if (Accept("?"))
        {
            CelExpr then = Logical("||", "_||_", And);
            Expect(":");
            condition = new CelExpr.Call(offset, null, "_?_:_", [condition, then, Expression()]);
        }

        _depth--;
        return condition;
    }

    private CelExpr And() => Logical("&&", "_&&_", Relation);

    private CelExpr Logical(string symbol, string function, Func<CelExpr> operand)
    {
        CelExpr first = operand();
        if (!Is(symbol))
        {
            return first;
        }

        int offset = Current.Offset;
        var operands = new List<CelExpr> { first };
        while (Accept(symbol))
        {
            operands.Add(operand());
        }

        return new CelExpr.Call(offset, null, function, operands);
    }

    private CelExpr Relation() => Chain(Sum, static s => s is "<" or "<=" or ">" or ">=" or "==" or "!=" or "in");

    private CelExpr Sum() => Chain(Product, static s => s is "+" or "-");

    private CelExpr Product() => Chain(Unary, static s => s is "*" or "/" or "%");

    private CelExpr Chain(Func<CelExpr> operand, Func<string, bool> belongs)
    {
        CelExpr left = operand();
        for (int length = 0; Current.Kind == CelTokenKind.Symbol && belongs(Current.Text); length++)
        {
            CelToken symbol = Current;
            _at++;
            Bound(length, symbol.Offset);
            left = new CelExpr.Call(symbol.Offset, null, symbol.Text == "in" ? "@in" : $"_{symbol.Text}_", [left, operand()]);
        }

        return left;
    }

    private CelExpr Unary()
    {
        string symbol = Current.Text;
        if (Current.Kind != CelTokenKind.Symbol || symbol is not ("!" or "-"))
        {
            return Member();
        }

        int offset = Current.Offset;
        int count = 0;
        while (Accept(symbol))
        {
            count++;
        }

        if (symbol == "-" && count % 2 == 1 && Current is { Kind: CelTokenKind.Literal, Value.Kind: Values.CelKind.Int or Values.CelKind.Double })
        {
            return Member(Negate(offset));
        }

        CelExpr operand = Member();
        return count % 2 == 0 ? operand : new CelExpr.Call(offset, null, symbol == "!" ? "!_" : "-_", [operand]);
    }

    private CelExpr.Literal Negate(int offset)
    {
        Values.CelValue value = Current.Value;
        _at++;
        return new CelExpr.Literal(
            offset,
            value.Kind == Values.CelKind.Int ? Values.CelValue.Int(unchecked(-value.AsInt)) : Values.CelValue.Double(-value.AsDouble));
    }

    private CelExpr Member() => Member(Primary());

    private CelExpr Member(CelExpr target)
    {
        for (int length = 0; ; length++)
        {
            int offset = Current.Offset;
            Bound(length, offset);
            if (Accept("."))
            {
                target = Selection(target, offset);
            }
            else if (Accept("["))
            {
                bool optional = Accept("?");
                CelExpr index = Expression();
                Expect("]");
                target = new CelExpr.Call(offset, null, optional ? "_[?_]" : "_[_]", [target, index]);
            }
            else if (Is("{") && TypeName(target) is { } name)
            {
                target = Message(name);
            }
            else
            {
                return target;
            }
        }
    }

    private CelExpr Selection(CelExpr target, int offset)
    {
        bool optional = Accept("?");
        CelToken name = Current;
        if (name.Kind is not (CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier))
        {
            throw Mismatch(optional ? "IDENTIFIER" : "{'?', IDENTIFIER}");
        }

        _at++;
        int open = Current.Offset;
        return !optional && name.Kind == CelTokenKind.Identifier && Accept("(")
            ? new CelExpr.Call(open, target, name.Text, Arguments())
            : new CelExpr.Select(offset, target, name.Text, optional);
    }

    private CelExpr Primary()
    {
        CelToken token = Current;
        _at++;
        switch (token)
        {
            case { Kind: CelTokenKind.Literal }:
                return token.Value is { Kind: Values.CelKind.Int, AsInt: long.MinValue }
                    ? throw new CelSyntaxException(token.Offset, "invalid int literal")
                    : new CelExpr.Literal(token.Offset, token.Value);
            case { Kind: CelTokenKind.Identifier }:
                return Named(token, token.Text);
            case { Kind: CelTokenKind.Symbol, Text: "." } when Current.Kind == CelTokenKind.Identifier:
                CelToken name = Current;
                _at++;
                return Named(name, name.Text);
            case { Kind: CelTokenKind.Symbol, Text: "(" }:
                CelExpr inner = Expression();
                Expect(")");
                return inner;
            case { Kind: CelTokenKind.Symbol, Text: "[" }:
                return ListLiteral(token.Offset);
            case { Kind: CelTokenKind.Symbol, Text: "{" }:
                return MapLiteral(token.Offset);
            default:
                _at--;
                throw Mismatch(Operand);
        }
    }

    private CelExpr Named(CelToken token, string name)
    {
        int open = Current.Offset;
        if (Accept("("))
        {
            return new CelExpr.Call(open, null, name, Arguments());
        }

        return Reserved.Contains(name)
            ? throw new CelSyntaxException(token.Offset, "reserved identifier: " + name)
            : new CelExpr.Identifier(token.Offset, name);
    }

    private List<CelExpr> Arguments()
    {
        var arguments = new List<CelExpr>();
        if (!Is(")"))
        {
            do
            {
                arguments.Add(Expression());
            }
            while (Accept(","));
        }

        Expect(")");
        return arguments;
    }

    private CelExpr.List ListLiteral(int offset)
    {
        var items = new List<CelExpr.Element>();
        while (!Is("]"))
        {
            bool optional = Accept("?");
            items.Add(new CelExpr.Element(Expression(), optional));
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("]");
        return new CelExpr.List(offset, items);
    }

    private CelExpr.Map MapLiteral(int offset)
    {
        var entries = new List<CelExpr.Entry>();
        while (!Is("}"))
        {
            bool optional = Accept("?");
            CelExpr key = Expression();
            Expect(":");
            entries.Add(new CelExpr.Entry(key, Expression(), optional));
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");
        return new CelExpr.Map(offset, entries);
    }

    private CelExpr.Message Message(string typeName)
    {
        int offset = Current.Offset;
        Expect("{");
        while (!Is("}"))
        {
            Accept("?");
            if (Current.Kind is not (CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier))
            {
                throw Mismatch("IDENTIFIER");
            }

            _at++;
            Expect(":");
            Expression();
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");
        return new CelExpr.Message(offset, typeName);
    }

    /// <summary>The dotted name, if the expression is nothing else.</summary>
    internal static string? TypeName(CelExpr expr) => expr switch
    {
        CelExpr.Identifier identifier => identifier.Name,
        CelExpr.Select { Optional: false } select when TypeName(select.Target) is { } target => $"{target}.{select.Field}",
        _ => null,
    };

    private bool Is(string symbol) => Current.Kind == CelTokenKind.Symbol && Current.Text == symbol;

    private bool Accept(string symbol)
    {
        bool accepted = Is(symbol);
        _at += accepted ? 1 : 0;
        return accepted;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            throw Mismatch($"'{symbol}'");
        }
    }

    private static void Bound(int length, int offset)
    {
        if (length >= MaxChain)
        {
            throw new CelSyntaxException(offset, $"expression recursion limit exceeded: {MaxChain}");
        }
    }

    private CelSyntaxException Mismatch(string expected) =>
        new(Current.Offset, $"Syntax error: mismatched input '{CelSource.Printable(Current.Text)}' expecting {expected}");
}
