using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Library;
using KubeFed.ApiMachinery.Cel.Parsing;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>Checks the types of an expression and makes the nodes that evaluate it, in one walk.</summary>
internal sealed partial class CelCompiler
{
    private const int MaxHeight = 600;
    private const int MaxIssues = 20;

    private static readonly CelConstant Nothing = new(CelErrors.NoSuchOverload);

    private readonly CelSource _source;
    private readonly CelScope _scope = new();
    private readonly List<CelIssue> _issues = [];
    private readonly int _variables;
    private int _height;

    private CelCompiler(CelSource source, IReadOnlyList<(string Name, CelType Type)> variables)
    {
        _source = source;
        _variables = variables.Count;
        foreach ((string name, CelType type) in variables)
        {
            _scope.Push(name, type);
        }
    }

    /// <summary>Compiles a text.</summary>
    /// <exception cref="CelCompileException">It is no expression, or its types do not fit.</exception>
    public static CelProgram Compile(string text, IReadOnlyList<(string Name, CelType Type)> variables)
    {
        var source = new CelSource(text);
        var compiler = new CelCompiler(source, variables);
        CelCompiled root = compiler.Compile(CelParser.Parse(source));
        return compiler._issues.Count == 0
            ? new CelProgram(text, root.Node, root.Type, compiler._scope.Capacity, compiler._scope.Used)
            : throw new CelCompileException(compiler._issues);
    }

    private CelCompiled Compile(CelExpr expr)
    {
        if (_height >= MaxHeight)
        {
            return Fault(expr.Offset, $"expression recursion limit exceeded: {MaxHeight}");
        }

        _height++;
        CelCompiled result = expr switch
        {
            CelExpr.Literal literal => new CelCompiled(new CelConstant(literal.Value), CelTypes.Of(literal.Value)),
            CelExpr.Identifier identifier => Identifier(identifier),
            CelExpr.Select select => Select(select),
            CelExpr.Call call => Call(call),
            CelExpr.List list => List(list),
            CelExpr.Map map => Map(map),
            CelExpr.Message message => Fault(message.Offset, Undeclared(message.TypeName)),
            _ => Fault(expr.Offset, "unsupported expression"),
        };
        _height--;
        return result;
    }

    private CelCompiled Identifier(CelExpr.Identifier expr)
    {
        if (_scope.TryFind(expr.Name, _variables, out int slot, out CelType type))
        {
            return new CelCompiled(new CelVariable(slot), type);
        }

        return CelTypes.Named.TryGetValue(expr.Name, out CelType? named)
            ? new CelCompiled(new CelConstant(CelValue.Type(named)), CelType.Type)
            : Fault(expr.Offset, Undeclared(expr.Name));
    }

    private CelCompiled Select(CelExpr.Select expr)
    {
        if (!expr.Optional && CelParser.TypeName(expr) is { } name && CelTypes.Named.TryGetValue(name, out CelType? named))
        {
            return new CelCompiled(new CelConstant(CelValue.Type(named)), CelType.Type);
        }

        CelCompiled target = Compile(expr.Target);
        CelType type = FieldType(target.Type, expr);
        var node = new CelSelect(target.Node, expr.Field, expr.Optional);
        return new CelCompiled(node, expr.Optional && type.Kind != CelTypeKind.Optional ? CelType.OptionalOf(type) : type);
    }

    private CelType FieldType(CelType target, CelExpr.Select expr)
    {
        switch (target.Kind)
        {
            case CelTypeKind.Dynamic:
                return CelType.Dynamic;
            case CelTypeKind.Map:
                return target.Parameters[1];
            case CelTypeKind.Optional:
                return CelType.OptionalOf(FieldType(target.Parameters[0], expr));
            case CelTypeKind.Object:
                return target.Field(expr.Field) ?? Fault(expr.Offset, $"undefined field '{expr.Field}'").Type;
            default:
                return Fault(expr.Offset, $"type '{target}' does not support field selection").Type;
        }
    }

    private CelCompiled List(CelExpr.List expr)
    {
        var items = new (CelNode Value, bool Optional)[expr.Items.Count];
        CelType? type = null;
        bool constant = true;
        for (int i = 0; i < items.Length; i++)
        {
            CelCompiled item = Compile(expr.Items[i].Value);
            bool optional = expr.Items[i].Optional;
            items[i] = (item.Node, optional);
            constant &= item.Node is CelConstant && !optional;
            type = Join(type, optional ? Unwrap(item.Type, expr.Items[i].Value) : item.Type, expr.Items[i].Value);
        }

        CelNode node = new CelListLiteral(items);
        return new CelCompiled(
            constant ? new CelConstant(node.Eval(new CelFrame(0, CelListLiteral.Cost))) : node,
            CelType.ListOf(type ?? CelType.Dynamic));
    }

    private CelCompiled Map(CelExpr.Map expr)
    {
        var entries = new (CelNode Key, CelNode Value, bool Optional)[expr.Entries.Count];
        CelType? keys = null;
        CelType? values = null;
        for (int i = 0; i < entries.Length; i++)
        {
            CelExpr.Entry entry = expr.Entries[i];
            CelCompiled key = Compile(entry.Key);
            CelCompiled value = Compile(entry.Value);
            entries[i] = (key.Node, value.Node, entry.Optional);
            keys = Join(keys, key.Type, entry.Key);
            values = Join(values, entry.Optional ? Unwrap(value.Type, entry.Value) : value.Type, entry.Value);
        }

        return new CelCompiled(new CelMapLiteral(entries), CelType.MapOf(keys ?? CelType.Dynamic, values ?? CelType.Dynamic));
    }

    /// <summary>The type of items of a literal, which must all be of one.</summary>
    private CelType Join(CelType? type, CelType next, CelExpr place)
    {
        if (type is null || CelBindings.Same(type, next))
        {
            return next;
        }

        if (!new CelBindings().Accept(type, next))
        {
            Fault(place.Offset, $"expected type '{type}' but found '{next}'");
        }

        return type.Kind == CelTypeKind.Dynamic || next.Kind == CelTypeKind.Dynamic ? CelType.Dynamic : type;
    }

    private CelType Unwrap(CelType type, CelExpr place) => type.Kind switch
    {
        CelTypeKind.Optional => type.Parameters[0],
        CelTypeKind.Dynamic => type,
        _ => Fault(place.Offset, $"expected type 'optional_type({type})' but found '{type}'").Type,
    };

    private CelCompiled Call(CelExpr.Call expr)
    {
        switch (expr.Function)
        {
            case "_&&_" or "_||_":
                return Logical(expr);
            case "_?_:_":
                return Conditional(expr);
        }

        if (Macro(expr) is { } macro)
        {
            return macro;
        }

        if (expr.Target is null)
        {
            return Invoke(expr, CelLibrary.Instance.Functions(expr.Function), expr.Function, expr.Arguments, method: false);
        }

        if (QualifiedName(expr) is { } name)
        {
            return Invoke(expr, CelLibrary.Instance.Functions(name), name, expr.Arguments, method: false);
        }

        return Invoke(expr, CelLibrary.Instance.Methods(expr.Function), expr.Function, [expr.Target, .. expr.Arguments], method: true);
    }

    /// <summary>The name of a function with a dot in it, as <c>optional.of</c>, unless its first part is a variable.</summary>
    private string? QualifiedName(CelExpr.Call expr)
    {
        string? prefix = CelParser.TypeName(expr.Target!);
        string name = $"{prefix}.{expr.Function}";
        return prefix is not null && CelLibrary.Instance.Functions(name) is not null && !_scope.TryFind(prefix.Split('.')[0], 0, out _, out _) ? name : null;
    }

    private CelCompiled Invoke(CelExpr.Call expr, IReadOnlyList<CelOverload>? overloads, string name, IReadOnlyList<CelExpr> arguments, bool method)
    {
        if (overloads is null)
        {
            foreach (CelExpr argument in arguments)
            {
                Compile(argument);
            }

            return Fault(expr.Offset, Undeclared(name));
        }

        CelCompiled[] compiled = [.. arguments.Select(Compile)];
        var fitting = new List<CelOverload>();
        CelType? result = null;
        foreach (CelOverload overload in overloads)
        {
            var bindings = new CelBindings();
            if (overload.Parameters.Length == compiled.Length && overload.Parameters.Zip(compiled).All(p => bindings.Accept(p.First, p.Second.Type)))
            {
                CelType type = bindings.Resolve(overload.Result);
                result = result is null || CelBindings.Same(result, type) ? type : CelType.Dynamic;
                fitting.Add(overload);
            }
        }

        if (result is null)
        {
            return Fault(expr.Offset, $"found no matching overload for '{name}' applied to '{Applied(compiled, method)}'");
        }

        return new CelCompiled(Node(name, [.. fitting], [.. compiled.Select(static c => c.Node)], arguments), result);
    }

    private CelNode Node(string name, CelOverload[] overloads, CelNode[] nodes, IReadOnlyList<CelExpr> arguments)
    {
        if (name is "matches" or "find" or "findAll" && nodes[1] is CelConstant { Value: { Kind: CelKind.String } pattern })
        {
            overloads = CelRegex.Bind(overloads, pattern.AsString);
            if (overloads.Length == 0)
            {
                Fault(arguments[1].Offset, $"invalid {name} argument");
            }
        }

        var call = new CelCall(overloads, nodes);
        if (!CelConversions.Names.Contains(name) || nodes is not [CelConstant])
        {
            return call;
        }

        CelValue folded = call.Eval(new CelFrame(0, CelSource.MaxCodePoints));
        if (folded.IsError && name is "duration" or "timestamp")
        {
            Fault(arguments[0].Offset, $"invalid {name} argument");
        }

        return folded.IsError ? call : new CelConstant(folded);
    }

    private CelCompiled Logical(CelExpr.Call expr)
    {
        var operands = new CelNode[expr.Arguments.Count];
        for (int i = 0; i < operands.Length; i++)
        {
            CelCompiled operand = Compile(expr.Arguments[i]);
            operands[i] = operand.Node;
            if (operand.Type.Kind is not (CelTypeKind.Bool or CelTypeKind.Dynamic))
            {
                string applied = i == 0 ? $"({operand.Type}, bool)" : $"(bool, {operand.Type})";
                Fault(expr.Offset, $"found no matching overload for '{expr.Function}' applied to '{applied}'");
            }
        }

        return new CelCompiled(new CelLogical(operands, decisive: expr.Function == "_||_"), CelType.Bool);
    }

    private CelCompiled Conditional(CelExpr.Call expr)
    {
        CelCompiled condition = Compile(expr.Arguments[0]);
        CelCompiled then = Compile(expr.Arguments[1]);
        CelCompiled otherwise = Compile(expr.Arguments[2]);
        var bindings = new CelBindings();
        CelType common = CelType.ParameterOf("A");
        if (!bindings.Accept(CelType.Bool, condition.Type) || !bindings.Accept(common, then.Type) || !bindings.Accept(common, otherwise.Type))
        {
            return Fault(expr.Offset, $"found no matching overload for '_?_:_' applied to '{Applied([condition, then, otherwise], method: false)}'");
        }

        return new CelCompiled(new CelConditional(condition.Node, then.Node, otherwise.Node), bindings.Resolve(common));
    }

    private static string Applied(CelCompiled[] arguments, bool method)
    {
        IEnumerable<CelType> types = arguments.Select(static a => a.Type);
        return method ? $"{arguments[0].Type}.({string.Join(", ", types.Skip(1))})" : $"({string.Join(", ", types)})";
    }

    private static string Undeclared(string name) => $"undeclared reference to '{name}' (in container '')";

    private CelCompiled Fault(int offset, string message)
    {
        if (_issues.Count < MaxIssues)
        {
            _issues.Add(_source.Issue(offset, message));
        }

        return new CelCompiled(Nothing, CelType.Dynamic);
    }
}
