using System.Text.RegularExpressions;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class Re2Tests
{
    private static readonly string[] Pieces =
        ["a", "(", ")", "[", "]", "{", "}", "*", "+", "?", "\\", "^", "$", "|", "-", ",", "1", "p", "x", "Q", ":", "P", "<", ">", "i", "."];

    [TestCase("(a", "missing closing ): `(a`")]
    [TestCase("a**", "invalid nested repetition operator: `**`")]
    [TestCase("(?=a)", "invalid or unsupported Perl syntax: `(?=`")]
    [TestCase("[z-a]", "invalid character class range: `z-a`")]
    [TestCase("*a", "missing argument to repetition operator: `*`")]
    [TestCase("a)", "unexpected ): `a)`")]
    [TestCase(@"\y", @"invalid escape sequence: `\y`")]
    [TestCase(@"(a)\1", @"invalid escape sequence: `\1`")]
    [TestCase("[a", "missing closing ]: `[a`")]
    [TestCase("a{1001}", "invalid repeat count: `{1001}`")]
    [TestCase(@"a\", "trailing backslash at end of expression: ``")]
    public void TryCompile_BadExpression_SaysWhatGoSays(string pattern, string error)
    {
        Assert.That(Re2.TryCompile(pattern, out _, out string? found), Is.False);
        Assert.That(found, Is.EqualTo("error parsing regexp: " + error));
    }

    [TestCase("^a$", "a\n", false)]
    [TestCase("(?m)^a$", "a\nb", true)]
    [TestCase(@"^\d+$", "١", false)]
    [TestCase(@"^\w+$", "é", false)]
    [TestCase(@"^[\D]$", "x", true)]
    [TestCase(@"^[\D]$", "5", false)]
    [TestCase(@"^\S+$", "a b", false)]
    [TestCase("^[[:alpha:]_]+$", "ab_C", true)]
    [TestCase("^[[:^x]$", "x", true)]
    [TestCase("(?P<name>a)b", "ab", true)]
    [TestCase(@"^\pL+$", "äb", true)]
    [TestCase(@"^\PL$", "5", true)]
    [TestCase(@"^\x{41}\x42\103$", "ABC", true)]
    [TestCase(@"^\Qa.b\E$", "a.b", true)]
    [TestCase(@"^\Qa.b\E$", "axb", false)]
    [TestCase(@"^[a-z0-9]([\-a-z0-9]*[a-z0-9])?$", "a-b", true)]
    [TestCase("^[a-z-[x]$", "[", true)]
    [TestCase("^(?i)abc$", "ABC", true)]
    [TestCase("^a{,2}$", "a{,2}", true)]
    [TestCase(@"^\_\/$", "_/", true)]
    [TestCase("^(?:(a)|b(?i:c))$", "bC", true)]
    public void TryCompile_GoodExpression_MatchesAsRe2(string pattern, string text, bool expected)
    {
        Assert.That(Re2.TryCompile(pattern, out Regex? regex, out string? error), Is.True, error);
        Assert.That(regex!.IsMatch(text), Is.EqualTo(expected));
    }

    [Test]
    public void TryCompile_ExponentialForBacktracking_IsLinear()
    {
        Assert.That(Re2.TryCompile("^(a+)+$", out Regex? regex, out _), Is.True);
        Assert.That(regex!.Options.HasFlag(RegexOptions.NonBacktracking), Is.True);
        Assert.That(regex.IsMatch(new string('a', 5000) + "b"), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property TryCompile_ArbitraryText_NeverThrows() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(),
        static pattern =>
        {
            if (Re2.TryCompile(pattern, out Regex? regex, out _))
            {
                regex.IsMatch("a1-xQ");
            }
        });
}
