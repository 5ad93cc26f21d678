using KubeFed.ApiMachinery.Cel;

namespace KubeFed.ApiMachinery.Tests.Cel;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CelLanguageTests
{
    [TestCase("42", "42")]
    [TestCase("0x2A", "42")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("42u", "42u")]
    [TestCase("0xFFu", "255u")]
    [TestCase("1.5", "1.5")]
    [TestCase(".5e1", "5")]
    [TestCase("1e3 == 1000.0", "true")]
    [TestCase("'a\\n\\x41\\u00e9\\101'", "\"a\\nAéA\"")]
    [TestCase("\"it's\"", "\"it's\"")]
    [TestCase("r'\\d+'", "\"\\\\d+\"")]
    [TestCase("'''a'b''c\nd'''", "\"a'b''c\\nd\"")]
    [TestCase("R\"\"\"\\n\"\"\"", "\"\\\\n\"")]
    [TestCase("b'\\xff\\x00a'", "b\"ÿ\\x00a\"")]
    [TestCase("b'é'.size()", "2")]
    [TestCase("br'\\x'.size()", "2")]
    [TestCase("null", "null")]
    [TestCase("true", "true")]
    [TestCase("[1, 2, 3,]", "[1, 2, 3]")]
    [TestCase("{'a': 1, 'b': 2}", "{\"a\": 1, \"b\": 2}")]
    [TestCase("// comment\n1 // more", "1")]
    public void Literal_EveryForm_HasItsValue(string expression, string expected) => Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("1 + 2 * 3 - 4 / 2", "5")]
    [TestCase("(1 + 2) * 3", "9")]
    [TestCase("7 % 4", "3")]
    [TestCase("-7 % 4", "-3")]
    [TestCase("-7 / 2", "-3")]
    [TestCase("- -3", "3")]
    [TestCase("!!true", "true")]
    [TestCase("1 < 2 == true", "true")]
    [TestCase("true || false && false", "true")]
    [TestCase("true ? 1 : false ? 2 : 3", "1")]
    [TestCase("false ? 1 : false ? 2 : 3", "3")]
    [TestCase("2 in [1, 2]", "true")]
    [TestCase("'a' in {'a': 1}", "true")]
    [TestCase("!(3 in [1, 2])", "true")]
    [TestCase("[1, 2][1]", "2")]
    [TestCase("{'a': {'b': 3}}.a.b", "3")]
    [TestCase("{'a': 1}['a']", "1")]
    [TestCase("{1: 'x', 2: 'y'}[2]", "\"y\"")]
    [TestCase("'a' + 'b'", "\"ab\"")]
    [TestCase("[1] + [2]", "[1, 2]")]
    [TestCase("b'a' + b'b' == b'ab'", "true")]
    [TestCase("1 < 1.5 && 2u > 1 && 1.0 <= 1u", "true")]
    [TestCase("9223372036854775807 < 9223372036854775808.0", "true")]
    [TestCase("'a' < 'b' && 'Z' < 'a'", "true")]
    [TestCase("'\\U0001F600' > '\\uFFFD'", "true")]
    [TestCase("dyn(1) == dyn(1.0)", "true")]
    [TestCase("dyn(1) == dyn('1')", "false")]
    [TestCase("[1, 2] == [1, 2] && [1] != [2]", "true")]
    [TestCase("{'a': 1} == {'a': 1}", "true")]
    [TestCase("0.0 / 0.0 == 0.0 / 0.0", "false")]
    [TestCase("1.0 / 0.0", "+Inf")]
    public void Operator_Values_GiveResult(string expression, string expected) => Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("9223372036854775807 + 1", "error: integer overflow")]
    [TestCase("-9223372036854775808 - 1", "error: integer overflow")]
    [TestCase("9223372036854775807 * 2", "error: integer overflow")]
    [TestCase("-(-9223372036854775808)", "error: integer overflow")]
    [TestCase("-9223372036854775808 / -1", "error: integer overflow")]
    [TestCase("18446744073709551615u + 1u", "error: unsigned integer overflow")]
    [TestCase("18446744073709551615u * 18446744073709551615u", "error: unsigned integer overflow")]
    [TestCase("0u - 1u", "error: unsigned integer overflow")]
    [TestCase("1 / 0", "error: division by zero")]
    [TestCase("1 % 0", "error: modulus by zero")]
    [TestCase("1u / 0u", "error: division by zero")]
    [TestCase("[1][5]", "error: index out of bounds: 5")]
    [TestCase("[1][-1]", "error: index out of bounds: -1")]
    [TestCase("{'a': 1}['b']", "error: no such key: b")]
    [TestCase("{'a': 1}.b", "error: no such key: b")]
    [TestCase("{'a': 1, 'a': 2}", "error: Failed with repeated key: a")]
    [TestCase("dyn(1) + dyn('a')", "error: no such overload")]
    [TestCase("dyn('a').b", "error: no such overload")]
    [TestCase("dyn(1) ? 1 : 2", "error: no such overload")]
    public void Evaluate_Failure_IsError(string expression, string expected) => Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("true || 1 / 0 == 1", "true")]
    [TestCase("1 / 0 == 1 || true", "true")]
    [TestCase("1 / 0 == 1 && false", "false")]
    [TestCase("1 / 0 == 1 && true", "error: division by zero")]
    [TestCase("1 / 0 == 1 || false", "error: division by zero")]
    [TestCase("[0, 1].all(x, 1 / x == 2)", "false")]
    [TestCase("[0, 1].exists(x, 1 / x == 1)", "true")]
    [TestCase("[0, 1].all(x, 1 / x == 1)", "error: division by zero")]
    [TestCase("[0, 1].exists_one(x, 1 / x == 1)", "error: division by zero")]
    public void Logic_WithFailures_DecisiveOperandWins(string expression, string expected) =>
        Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("[1, 2, 3].all(x, x > 0)", "true")]
    [TestCase("[].all(x, false)", "true")]
    [TestCase("[1, 2].exists(x, x == 2)", "true")]
    [TestCase("[].exists(x, true)", "false")]
    [TestCase("[1, 2, 2].exists_one(x, x == 2)", "false")]
    [TestCase("[1, 2].existsOne(x, x == 2)", "true")]
    [TestCase("[1, 2, 3].filter(x, x > 1)", "[2, 3]")]
    [TestCase("[1, 2].map(x, x * 2)", "[2, 4]")]
    [TestCase("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]")]
    [TestCase("{'a': 1, 'b': 2}.map(k, k)", "[\"a\", \"b\"]")]
    [TestCase("{'a': 1}.all(k, k == 'a')", "true")]
    [TestCase("[[1, 2], [3]].all(l, l.all(x, x > 0))", "true")]
    [TestCase("[1, 2].map(x, [3].map(y, x + y))", "[[4], [5]]")]
    [TestCase("[1].map(x, x).map(x, x + 1)", "[2]")]
    [TestCase("[10, 20].all(i, v, v == (i + 1) * 10)", "true")]
    [TestCase("{'a': 1}.exists(k, v, k == 'a' && v == 1)", "true")]
    [TestCase("[5, 6].transformList(i, v, i + v)", "[5, 7]")]
    [TestCase("[5, 6].transformList(i, v, v > 5, v)", "[6]")]
    [TestCase("{'a': 1}.transformMap(k, v, v + 1)", "{\"a\": 2}")]
    [TestCase("{'a': 'b'}.transformMapEntry(k, v, {v: k})", "{\"b\": \"a\"}")]
    [TestCase("has({'a': 1}.a) && !has({'a': 1}.b)", "true")]
    public void Macro_Values_GiveResult(string expression, string expected) => Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("{'a': 1}.?a.orValue(2)", "1")]
    [TestCase("{'a': 1}.?b.orValue(2)", "2")]
    [TestCase("{'a': {'b': 1}}.?a.b.value()", "1")]
    [TestCase("{'a': {'b': 1}}.?x.b.hasValue()", "false")]
    [TestCase("[1][?0].value()", "1")]
    [TestCase("[1][?3].hasValue()", "false")]
    [TestCase("optional.of(1).optMap(x, x + 1).value()", "2")]
    [TestCase("optional.none().hasValue()", "false")]
    [TestCase("optional.none().value()", "error: optional.none() dereference")]
    [TestCase("optional.ofNonZeroValue('').hasValue()", "false")]
    [TestCase("optional.none().or(optional.of(3)).value()", "3")]
    [TestCase("[?optional.of(1), ?optional.none(), 2]", "[1, 2]")]
    [TestCase("{?'a': optional.none(), 'b': 1}", "{\"b\": 1}")]
    [TestCase("optional.of(1) == optional.of(1)", "true")]
    public void Optional_Values_GiveResult(string expression, string expected) => Assert.That(CelTesting.Run(expression), Is.EqualTo(expected));

    [TestCase("1 + 'a'", "found no matching overload for '_+_' applied to '(int, string)'")]
    [TestCase("1 == 'a'", "found no matching overload for '_==_' applied to '(int, string)'")]
    [TestCase("1 == 1.0", "found no matching overload for '_==_' applied to '(int, double)'")]
    [TestCase("'a'.startsWith(1)", "found no matching overload for 'startsWith' applied to 'string.(int)'")]
    [TestCase("x", "undeclared reference to 'x' (in container '')")]
    [TestCase("foo(1)", "undeclared reference to 'foo' (in container '')")]
    [TestCase("Foo{a: 1}", "undeclared reference to 'Foo' (in container '')")]
    [TestCase("1.5.a", "type 'double' does not support field selection")]
    [TestCase("[1, 'a']", "expected type 'int' but found 'string'")]
    [TestCase("1 && true", "found no matching overload for '_&&_' applied to '(int, bool)'")]
    [TestCase("1 ? 2 : 3", "found no matching overload for '_?_:_' applied to '(int, int, int)'")]
    [TestCase("true ? 2 : 'a'", "found no matching overload for '_?_:_' applied to '(bool, int, string)'")]
    [TestCase("'a'.all(x, true)", "expression of type 'string' cannot be range of a comprehension (must be list, map, or dynamic)")]
    [TestCase("[1].all(x.y, true)", "argument must be a simple name")]
    [TestCase("[1].all(x, x)", "expected type 'bool' but found 'int'")]
    [TestCase("has(1)", "invalid argument to has() macro")]
    [TestCase("'a'.matches('(')", "invalid matches argument")]
    [TestCase("duration('x')", "invalid duration argument")]
    [TestCase("timestamp('x')", "invalid timestamp argument")]
    [TestCase("for", "reserved identifier: for")]
    [TestCase("9223372036854775808", "invalid int literal")]
    [TestCase("1 +", "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")]
    [TestCase("(1", "Syntax error: mismatched input '<EOF>' expecting ')'")]
    [TestCase("1 2", "Syntax error: mismatched input '2' expecting <EOF>")]
    [TestCase("a # b", "Syntax error: token recognition error at: '#'")]
    [TestCase("'abc", "Syntax error: token recognition error at: ''abc'")]
    public void Compile_Fault_SaysWhat(string expression, string expected) =>
        Assert.That(CelTesting.Run(expression), Is.EqualTo("compile: " + expected));

    [Test]
    public void Compile_SeveralFaults_NamesEachPlace()
    {
        CelCompileException? e = Assert.Throws<CelCompileException>(static () => new CelEnvironment().Compile("true &&\n  (x || 1 + 'é' == y)"));
        Assert.That(e!.Message, Is.EqualTo("""
            ERROR: <input>:2:4: undeclared reference to 'x' (in container '')
             |   (x || 1 + 'é' == y)
             | ...^
            ERROR: <input>:2:11: found no matching overload for '_+_' applied to '(int, string)'
             |   (x || 1 + 'é' == y)
             | ..........^
            ERROR: <input>:2:20: undeclared reference to 'y' (in container '')
             |   (x || 1 + 'é' == y)
             | ...................^
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Compile_TooDeepOrLong_Refuses()
    {
        string[] bombs =
        [
            new string('(', 300) + "1" + new string(')', 300),
            string.Join('+', Enumerable.Repeat("1", 2000)),
            "a" + string.Concat(Enumerable.Repeat(".b", 2000)),
            new string('[', 5000),
            new string('!', 99_000) + "true1",
            string.Concat(Enumerable.Repeat("(", 200)) + string.Join('+', Enumerable.Repeat("1", 400)) + string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("+1", 100)) + ")", 200)),
            new string('1', 200_000),
        ];
        Assert.Multiple(() =>
        {
            foreach (string bomb in bombs)
            {
                Assert.Throws<CelCompileException>(() => new CelEnvironment().Compile(bomb), bomb[..20]);
            }
        });
    }
}
