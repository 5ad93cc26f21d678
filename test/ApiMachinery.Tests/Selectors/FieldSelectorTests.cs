using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Selectors;

namespace KubeFed.ApiMachinery.Tests.Selectors;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FieldSelectorTests
{
    [TestCase("", "")]
    [TestCase("metadata.name=a", "metadata.name=a")]
    [TestCase("b==1,a!=2", "a!=2,b=1")]
    [TestCase(@"a=x\,y\=z\\", @"a=x\,y\=z\\")]
    [TestCase("a=", "a=")]
    [TestCase("a=1,,b=2,", "a=1,b=2")]
    [TestCase("a!==1", null)]
    public void Parse_Selector_PrintsCanonically(string text, string? canonical)
    {
        if (canonical is null)
        {
            Assert.That(() => FieldSelector.Parse(text), Throws.TypeOf<SelectorFormatException>());
            return;
        }

        Assert.That(FieldSelector.Parse(text).ToString(), Is.EqualTo(canonical));
    }

    [TestCase("a", "invalid selector: 'a'; can't understand 'a'")]
    [TestCase("x=1,a", "invalid selector: 'x=1,a'; can't understand 'a'")]
    [TestCase("a=b=c", "invalid field selector: unescaped character in value: 61")]
    [TestCase(@"a=\x", @"invalid field selector: invalid escape sequence: \x")]
    [TestCase(@"a=\", @"invalid field selector: invalid escape sequence: \")]
    public void Parse_Malformed_GivesKubernetesMessage(string text, string message)
    {
        Assert.That(() => FieldSelector.Parse(text), Throws.TypeOf<SelectorFormatException>().With.Message.EqualTo(message));
    }

    [TestCase("a=1", true)]
    [TestCase("a!=1", false)]
    [TestCase("c=", true)]
    [TestCase("c!=", false)]
    [TestCase("a=1,b=3", false)]
    public void Matches_Fields_AbsentCountsAsEmpty(string selector, bool matches)
    {
        var fields = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" };

        Assert.That(FieldSelector.Parse(selector).Matches(fields), Is.EqualTo(matches));
    }

    [Test]
    public void TryGetExactMatch_OfTheName_Finds()
    {
        Assert.That(FieldSelector.Parse("metadata.name=x").TryGetExactMatch("metadata.name", out string value), Is.True);
        Assert.That(value, Is.EqualTo("x"));
        Assert.That(FieldSelector.Parse("metadata.name!=x").TryGetExactMatch("metadata.name", out _), Is.False);
    }

    [Test]
    public void Escape_AnyValue_ParsesBack()
    {
        Prop.ForAll(JsonTrees.Texts.ToArbitrary(), static text =>
            FieldSelector.Parse("metadata.name=" + FieldSelector.Escape(text)).TryGetExactMatch("metadata.name", out string value) && value == text)
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Parse_AnyText_ReturnsOrThrowsFormatException()
    {
        Gen<string> fragments = Gen.Elements("a", ",", "=", "!", "\\", "x.y", " ", "\0", "\ud800");
        Prop.ForAll(fragments.ListOf().Select(string.Concat).ToArbitrary(), static text =>
        {
            try
            {
                FieldSelector.Parse(text);
            }
            catch (SelectorFormatException e)
            {
                Assert.That(e.Message, Is.Not.Empty);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
