using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>An expression as written. <paramref name="Offset"/> is the place that messages name.</summary>
internal abstract record CelExpr(int Offset)
{
    public sealed record Literal(int Offset, CelValue Value) : CelExpr(Offset);

    public sealed record Identifier(int Offset, string Name) : CelExpr(Offset);

    /// <summary><c>target.Field</c>, or <c>target.?Field</c>.</summary>
    public sealed record Select(int Offset, CelExpr Target, string Field, bool Optional) : CelExpr(Offset);

    /// <summary>An operator, a function or, with a target, a method.</summary>
    public sealed record Call(int Offset, CelExpr? Target, string Function, IReadOnlyList<CelExpr> Arguments) : CelExpr(Offset);

    public sealed record List(int Offset, IReadOnlyList<Element> Items) : CelExpr(Offset);

    public sealed record Map(int Offset, IReadOnlyList<Entry> Entries) : CelExpr(Offset);

    public sealed record Message(int Offset, string TypeName) : CelExpr(Offset);

    public readonly record struct Element(CelExpr Value, bool Optional);

    public readonly record struct Entry(CelExpr Key, CelExpr Value, bool Optional);
}
