using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Parsing;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <content>The macros: calls whose arguments are not evaluated first.</content>
internal sealed partial class CelCompiler
{
    private CelCompiled? Macro(CelExpr.Call expr)
    {
        if (expr.Target is null)
        {
            return expr.Function == "has" && expr.Arguments.Count == 1 ? Has(expr) : null;
        }

        return (expr.Function, expr.Arguments.Count) switch
        {
            ("all", 2 or 3) => Loop(expr, CelMacroKind.All, filtered: true, transformed: false),
            ("exists", 2 or 3) => Loop(expr, CelMacroKind.Exists, filtered: true, transformed: false),
            ("exists_one" or "existsOne", 2 or 3) => Loop(expr, CelMacroKind.ExistsOne, filtered: true, transformed: false),
            ("filter", 2) => Loop(expr, CelMacroKind.Filter, filtered: true, transformed: false),
            ("map", 2) => Loop(expr, CelMacroKind.Map, filtered: false, transformed: true),
            ("map", 3) => Loop(expr, CelMacroKind.Map, filtered: true, transformed: true),
            ("transformList", 3) => Loop(expr, CelMacroKind.Map, filtered: false, transformed: true),
            ("transformList", 4) => Loop(expr, CelMacroKind.Map, filtered: true, transformed: true),
            ("transformMap", 3) => Loop(expr, CelMacroKind.TransformMap, filtered: false, transformed: true),
            ("transformMap", 4) => Loop(expr, CelMacroKind.TransformMap, filtered: true, transformed: true),
            ("transformMapEntry", 3) => Loop(expr, CelMacroKind.TransformMapEntry, filtered: false, transformed: true),
            ("transformMapEntry", 4) => Loop(expr, CelMacroKind.TransformMapEntry, filtered: true, transformed: true),
            ("optMap", 2) => OptionalMap(expr, flat: false),
            ("optFlatMap", 2) => OptionalMap(expr, flat: true),
            ("or", 1) => Alternative(expr, unwrap: false),
            ("orValue", 1) => Alternative(expr, unwrap: true),
            _ => null,
        };
    }

    private CelCompiled Has(CelExpr.Call expr)
    {
        if (expr.Arguments[0] is not CelExpr.Select { Optional: false } select)
        {
            return Fault(expr.Arguments[0].Offset, "invalid argument to has() macro");
        }

        CelCompiled target = Compile(select.Target);
        FieldType(target.Type, select);
        return new CelCompiled(new CelHas(target.Node, select.Field), CelType.Bool);
    }

    private CelCompiled Loop(CelExpr.Call expr, CelMacroKind kind, bool filtered, bool transformed)
    {
        int variables = expr.Arguments.Count - (filtered ? 1 : 0) - (transformed ? 1 : 0);
        CelCompiled range = Compile(expr.Target!);
        (CelType first, CelType second) = Range(range.Type, expr.Target!);
        if (!Names(expr, variables))
        {
            return Fault(expr.Arguments[0].Offset, "argument must be a simple name");
        }

        int slot = _scope.Push(((CelExpr.Identifier)expr.Arguments[0]).Name, variables == 2 ? first : Single(range.Type));
        int other = variables == 2 ? _scope.Push(((CelExpr.Identifier)expr.Arguments[1]).Name, second) : -1;
        CelCompiled? filter = filtered ? Condition(expr.Arguments[variables]) : null;
        CelCompiled? transform = transformed ? Compile(expr.Arguments[^1]) : null;
        _scope.Pop(variables);
        var node = new CelLoop(range.Node, slot, other, filter?.Node, transform?.Node, kind);
        CelType item = transform?.Type ?? Single(range.Type);
        return new CelCompiled(node, kind switch
        {
            CelMacroKind.Filter or CelMacroKind.Map => CelType.ListOf(item),
            CelMacroKind.TransformMap => CelType.MapOf(first, item),
            CelMacroKind.TransformMapEntry => item,
            _ => CelType.Bool,
        });
    }

    private static bool Names(CelExpr.Call expr, int count) => expr.Arguments.Take(count).All(static a => a is CelExpr.Identifier);

    private static CelType Single(CelType range) => range.Kind is CelTypeKind.List or CelTypeKind.Map ? range.Parameters[0] : CelType.Dynamic;

    /// <summary>The types of two loop variables.</summary>
    private (CelType First, CelType Second) Range(CelType type, CelExpr place)
    {
        switch (type.Kind)
        {
            case CelTypeKind.List:
                return (CelType.Int, type.Parameters[0]);
            case CelTypeKind.Map:
                return (type.Parameters[0], type.Parameters[1]);
            case CelTypeKind.Dynamic:
                return (CelType.Dynamic, CelType.Dynamic);
            default:
                Fault(place.Offset, $"expression of type '{type}' cannot be range of a comprehension (must be list, map, or dynamic)");
                return (CelType.Dynamic, CelType.Dynamic);
        }
    }

    private CelCompiled Condition(CelExpr expr)
    {
        CelCompiled condition = Compile(expr);
        return condition.Type.Kind is CelTypeKind.Bool or CelTypeKind.Dynamic
            ? condition
            : Fault(expr.Offset, $"expected type 'bool' but found '{condition.Type}'");
    }

    private CelCompiled OptionalMap(CelExpr.Call expr, bool flat)
    {
        CelCompiled target = Compile(expr.Target!);
        CelType held = OptionalType(expr, target.Type);
        if (expr.Arguments[0] is not CelExpr.Identifier name)
        {
            return Fault(expr.Arguments[0].Offset, $"{expr.Function}() variable name must be a simple identifier");
        }

        int slot = _scope.Push(name.Name, held);
        CelCompiled transform = Compile(expr.Arguments[1]);
        _scope.Pop(1);
        CelType type = flat ? transform.Type : CelType.OptionalOf(transform.Type);
        return new CelCompiled(new CelOptionalMap(target.Node, slot, transform.Node, flat), type);
    }

    private CelCompiled Alternative(CelExpr.Call expr, bool unwrap)
    {
        CelCompiled target = Compile(expr.Target!);
        CelCompiled other = Compile(expr.Arguments[0]);
        CelType held = OptionalType(expr, target.Type);
        CelType wanted = unwrap ? held : CelType.OptionalOf(held);
        if (!new CelBindings().Accept(wanted, other.Type))
        {
            return Fault(expr.Offset, $"found no matching overload for '{expr.Function}' applied to '{Applied([target, other], method: true)}'");
        }

        return new CelCompiled(new CelAlternative(target.Node, other.Node, unwrap), wanted.Kind == CelTypeKind.Dynamic ? other.Type : wanted);
    }

    private CelType OptionalType(CelExpr.Call expr, CelType type) => type.Kind switch
    {
        CelTypeKind.Optional => type.Parameters[0],
        CelTypeKind.Dynamic => type,
        _ => Fault(expr.Offset, $"found no matching overload for '{expr.Function}' applied to '{type}.()'").Type,
    };
}
