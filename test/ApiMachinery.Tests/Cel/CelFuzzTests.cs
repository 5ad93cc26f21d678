using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Cel;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Tests.Cel;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CelFuzzTests
{
    private const long Limit = 20_000;

    private static readonly string[] Pieces =
    [
        "self", "x", "y", ".a", ".b", ".all(x, ", ".exists(y, ", ".map(x, ", ".filter(y, ", "has(", "size(", "(", ")", "[", "]", "{", "}", ",", ":", "?",
        "+", "-", "*", "/", "%", "!", "==", "!=", "<", "<=", " in ", "&&", "||", "1", "0", "-9223372036854775808", "9223372036854775807", "1u", "1.5", "1e308",
        "'a'", "'😀é'", "b'\\xff'", "r'\\'", "'''x'''", "\"", "'", "\\", "null", "true", "false", "[1, 2]", "{'a': 1}", "dyn(", "int(", "string(", "double(",
        "duration('1h')", "timestamp('2020-01-01T00:00:00Z')", ".substring(", ".replace(", ".split(", ".matches(", ".format(", ".sum()", ".max()",
        ".flatten()", ".sort()", ".distinct()", "optional.of(", ".?a", "[?0]", ".orValue(", "quantity('1')", "ip('::1')", "cidr('10.0.0.0/8')", "type(", " ", "\n",
        "// c\n", "\0", "\ud800", "0x", "1.", "for", "`a-b`", ".join(", "lists.range(", ".indexOf(", ".getHours(", "url('/a')", "semver('1.0.0')",
    ];

    private static readonly CelProgram Arithmetic =
        new CelEnvironment(("a", CelType.Int), ("b", CelType.Int)).Compile("[a + b, a - b, a * b]");

    private static readonly CelValue[] Selves = [.. new[] { "{\"a\":{\"b\":[1,2.5,null,\"x\"]},\"b\":true}", "[[],{},\"\",-1]", "null", "\"t\"" }
        .Select(static j => CelJson.Read(JsonNode.Parse(j), CelShape.Any))];

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Compile_AnyText_ThrowsOnlyItsOwn() =>
        Prop.ForAll(JsonTrees.Texts.ToArbitrary(), static text => Evaluates(text));

    [FsCheck.NUnit.Property(MaxTest = 1500)]
    public Property Evaluate_AnyPieces_ThrowsNothingWithinBudget() =>
        Prop.ForAll(Gen.Elements(Pieces).ArrayOf().Select(static p => string.Concat(p)).ToArbitrary(), static text => Evaluates(text));

    [FsCheck.NUnit.Property(MaxTest = 1500)]
    public Property Evaluate_AnyTree_ThrowsNothingWithinBudget() => Prop.ForAll(Tree(3).ToArbitrary(), static text => Evaluates(text));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public Property Arithmetic_AnyNumbers_IsExactOrOverflow() =>
        Prop.ForAll<long, long>(static (a, b) =>
        {
            string expected = Exact((Int128)a + b) ?? Exact((Int128)a - b) ?? Exact((Int128)a * b) ?? $"[{a + b}, {a - b}, {a * b}]";
            return Arithmetic.Evaluate([CelValue.Int(a), CelValue.Int(b)], Limit, out _).ToString() == expected;
        });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property String_AnyText_RoundTripsAsLiteral() =>
        Prop.ForAll(JsonTrees.Texts.ToArbitrary(), static text => CelTesting.Run("size(" + CelValue.String(text) + ") >= 0") == "true");

    private static string? Exact(Int128 value) => value < long.MinValue || value > long.MaxValue ? "error: integer overflow" : null;

    private static bool Evaluates(string text)
    {
        CelProgram program;
        try
        {
            program = new CelEnvironment(("self", CelType.Dynamic), ("x", CelType.Int), ("y", CelType.String)).Compile(text);
        }
        catch (CelCompileException e)
        {
            return e.Issues.Count > 0;
        }

        foreach (CelValue self in Selves)
        {
            CelValue result = program.Evaluate([self, CelValue.Int(3), CelValue.String("y")], Limit, out long cost);
            Assert.That(cost <= Limit || result.IsError, Is.True, text);
            Assert.That(result.ToString(), Is.Not.Null);
        }

        return true;
    }

    private static Gen<string> Tree(int depth)
    {
        Gen<string> leaf = Gen.Elements("self", "x", "y", "self.a", "self.b", "1", "0", "'a'", "1.5", "2u", "true", "null", "[]", "[1, 2]", "{'a': 1}", "b'x'", "dyn('q')", "duration('5s')");
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> inner = Tree(depth - 1);
        Gen<string> binary = inner.Two().Zip(Gen.Elements("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", " in "))
            .Select(static t => $"(dyn({t.Item1.Item1}) {t.Item2} dyn({t.Item1.Item2}))");
        Gen<string> call = inner.Two().Zip(Gen.Elements(
            "dyn({0}).all(x, dyn({1}))", "dyn({0}).map(y, {1})", "dyn({0}).filter(x, dyn({1}))", "{0} == null ? [dyn({1})] : [dyn({0})]", "size(dyn({0}))", "dyn({0})[dyn({1})]",
            "string(dyn({0}))", "int(dyn({0}))", "dyn({0}).split(dyn({1}))", "dyn({0}).substring(dyn({1}))", "dyn({0}).replace(dyn({1}), 'zz')", "'%s %d'.format([dyn({0}), dyn({1})])",
            "dyn({0}).sort()", "dyn({0}).distinct()", "dyn({0}).flatten()", "dyn({0}).indexOf(dyn({1}))", "type({0})", "[dyn({0}), dyn({1})]", "{{dyn({0}): {1}}}", "dyn({0}).exists_one(i, v, dyn({1}))",
            "dyn({0}).a", "has(dyn({0}).b)", "dyn({0})[?dyn({1})].orValue({1})", "dyn({0}).matches(dyn({1}))", "dyn({0}).max()", "dyn({0}).join(dyn({1}))", "-dyn({0})"))
            .Select(static t => string.Format(null, t.Item2, t.Item1.Item1, t.Item1.Item2));
        return Gen.OneOf(leaf, binary, call, call);
    }
}
