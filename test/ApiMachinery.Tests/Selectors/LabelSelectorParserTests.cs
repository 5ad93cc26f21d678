using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.ApiMachinery.Tests.Selectors;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class LabelSelectorParserTests
{
    [TestCase("", "")]
    [TestCase("  ", "")]
    [TestCase("a", "a")]
    [TestCase("!a", "!a")]
    [TestCase("a=b", "a=b")]
    [TestCase("a == b", "a==b")]
    [TestCase("a!=b", "a!=b")]
    [TestCase("a=", "a=")]
    [TestCase("b,a", "a,b")]
    [TestCase("a in (c, b,c)", "a in (b,c)")]
    [TestCase("a notin (x)", "a notin (x)")]
    [TestCase("a in ()", "a in ()")]
    [TestCase("a in (,b)", "a in (,b)")]
    [TestCase("a in (b,)", "a in (,b)")]
    [TestCase("a>5", "a>5")]
    [TestCase("a < 5", "a<5")]
    [TestCase("in in (in, notin)", "in in (in,notin)")]
    [TestCase("notin", "notin")]
    [TestCase("example.com/a-b=c_d.e,\tx\n", "example.com/a-b=c_d.e,x")]
    public void Parse_Selector_PrintsCanonically(string text, string canonical)
    {
        Assert.That(LabelSelectorParser.Parse(text).ToString(), Is.EqualTo(canonical));
    }

    [TestCase("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [TestCase("a,", "found '', expected: identifier after ','")]
    [TestCase(",a", "found ',', expected: !, identifier, or 'end of string'")]
    [TestCase("a,,b", "found ',', expected: identifier after ','")]
    [TestCase("a=b=c", "found '=', expected: ',' or 'end of string'")]
    [TestCase("!a=b", "found '=', expected: ',' or 'end of string'")]
    [TestCase("!", "unable to parse requirement: found '', expected: identifier")]
    [TestCase("a=(", "unable to parse requirement: found '(', expected: identifier")]
    [TestCase("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [TestCase("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [TestCase("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'")]
    [TestCase("a in (=)", "unable to parse requirement: found '=', expected: ',', ')' or identifier")]
    [TestCase("a in (b,=)", "unable to parse requirement: found '=', expected: ',', or identifier")]
    [TestCase("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    [TestCase("-a", "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    [TestCase("a=-b", "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    public void Parse_Malformed_GivesKubernetesMessage(string text, string message)
    {
        Assert.That(() => LabelSelectorParser.Parse(text), Throws.TypeOf<SelectorFormatException>().With.Message.EqualTo(message));
        Assert.That(LabelSelectorParser.TryParse(text, out _, out string reason), Is.False);
        Assert.That(reason, Is.EqualTo(message));
    }

    [TestCase("a=1", true)]
    [TestCase("a==2", false)]
    [TestCase("a!=2", true)]
    [TestCase("a!=1", false)]
    [TestCase("c!=1", true)]
    [TestCase("a in (1,2)", true)]
    [TestCase("c in (1,2)", false)]
    [TestCase("a notin (1,2)", false)]
    [TestCase("c notin (1,2)", true)]
    [TestCase("a", true)]
    [TestCase("c", false)]
    [TestCase("!c", true)]
    [TestCase("!a", false)]
    [TestCase("n>9", true)]
    [TestCase("n>10", false)]
    [TestCase("n<11", true)]
    [TestCase("b>1", false)]
    [TestCase("c<1", false)]
    [TestCase("e=", true)]
    [TestCase("c=", false)]
    [TestCase("a=1,b=x", true)]
    [TestCase("a=1,b=y", false)]
    [TestCase("", true)]
    public void Matches_Labels_ByKubernetesRules(string selector, bool matches)
    {
        var labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "x", ["n"] = "10", ["e"] = "" };

        Assert.That(Selector.Parse(selector).Matches(labels), Is.EqualTo(matches));
    }

    [Test]
    public void Matches_EverythingAndNothing_AreWhatTheySay()
    {
        var labels = new Dictionary<string, string>();

        Assert.That(Selector.Everything.Matches(labels), Is.True);
        Assert.That(Selector.Nothing.Matches(labels), Is.False);
        Assert.That(Selector.Nothing.And(Requirement.Create("a", SelectorOperator.DoesNotExist)).Matches(labels), Is.False);
        Assert.That(Selector.Nothing, Is.Not.EqualTo(Selector.Everything));
    }

    [TestCase("a=1,b", "a", "1")]
    [TestCase("a in (1)", "a", "1")]
    [TestCase("a,a==2", "a", "2")]
    [TestCase("a in (1,2)", "a", null)]
    [TestCase("a!=1", "a", null)]
    [TestCase("b=1", "a", null)]
    public void TryGetExactMatch_Selector_FindsTheOneValue(string selector, string key, string? expected)
    {
        bool found = Selector.Parse(selector).TryGetExactMatch(key, out string value);

        Assert.That(found ? value : null, Is.EqualTo(expected));
    }

    [Test]
    public void ToString_AnyRequirements_ParsesBackToTheSame()
    {
        Gen<string> words = Gen.Elements("a", "b-c", "in", "notin", "x.y/z", "1", "A_b", "gt");
        Gen<string> values = Gen.Elements("", "v", "in", "1", "-5", "a.b", "notin");
        Gen<Requirement> requirements = Gen.OneOf(
            words.Zip(values.NonEmptyListOf()).Select(static t => Requirement.Create(t.Item1, SelectorOperator.In, t.Item2.Where(IsValue).Append("v"))),
            words.Zip(values.NonEmptyListOf()).Select(static t => Requirement.Create(t.Item1, SelectorOperator.NotIn, t.Item2.Where(IsValue).Append(""))),
            words.Zip(values.Where(IsValue)).Select(static t => Requirement.Create(t.Item1, SelectorOperator.Equals, t.Item2)),
            words.Zip(values.Where(IsValue)).Select(static t => Requirement.Create(t.Item1, SelectorOperator.NotEquals, t.Item2)),
            words.Select(static k => Requirement.Create(k, SelectorOperator.Exists)),
            words.Select(static k => Requirement.Create(k, SelectorOperator.DoesNotExist)),
            words.Select(static k => Requirement.Create(k, SelectorOperator.GreaterThan, "7")));
        Prop.ForAll(requirements.ListOf().ToArbitrary(), static list =>
        {
            Selector selector = Selector.Of(list);
            return Selector.Parse(selector.ToString()).Equals(selector);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Test]
    public void Parse_AnyText_ReturnsOrThrowsFormatException()
    {
        Gen<string> fragments = Gen.Elements("a", "in", "notin", "(", ")", ",", "=", "!", "<", ">", " ", "\t", "5", "-", "/", "\0", "é", "\ud800");
        Prop.ForAll(fragments.ListOf().Select(string.Concat).ToArbitrary(), static text =>
        {
            if (LabelSelectorParser.TryParse(text, out Selector? selector, out string reason))
            {
                Assert.That(Selector.Parse(selector!.ToString()), Is.EqualTo(selector));
            }
            else
            {
                Assert.That(reason, Is.Not.Empty);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static bool IsValue(string value) => !value.StartsWith('-');
}
