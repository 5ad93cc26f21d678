using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Validation;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class NameValidationTests
{
    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    [TestCase("a", true)]
    [TestCase("1-a", true)]
    [TestCase("", false)]
    [TestCase("-a", false)]
    [TestCase("a-", false)]
    [TestCase("A", false)]
    [TestCase("a.b", false)]
    public void IsDns1123Label_Name_IsJudged(string name, bool good)
    {
        Assert.That(NameValidation.IsDns1123Label(name), good ? Is.Empty : Has.Count.EqualTo(1));
    }

    [Test]
    public void IsDns1123Label_Bad_GivesKubernetesMessages()
    {
        Assert.That(NameValidation.IsDns1123Label(new string('A', 64)), Is.EqualTo(new[]
        {
            "must be no more than 63 bytes",
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        }));
    }

    [Test]
    public void IsQualifiedName_Bad_GivesKubernetesMessages()
    {
        Assert.That(NameValidation.IsQualifiedName("a/b/c")[0], Does.StartWith("a qualified name must consist of").And.EndsWith("with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"));
        Assert.That(NameValidation.IsQualifiedName("/b"), Is.EqualTo(new[] { "prefix part must be non-empty" }));
        Assert.That(NameValidation.IsQualifiedName("a/")[0], Is.EqualTo("name part must be non-empty"));
        Assert.That(NameValidation.IsQualifiedName("A_/b")[0], Does.StartWith("prefix part a lowercase RFC 1123 subdomain must consist"));
        Assert.That(NameValidation.IsQualifiedName(new string('a', 64)), Is.EqualTo(new[] { "name part must be no more than 63 bytes" }));
    }

    [Test]
    public void Checks_AnyText_AgreeWithTheirRegularExpressions()
    {
        Gen<string> texts = Gen.OneOf(
            Gen.Elements("a", "b1", "-", ".", "_", "A", "/", "", "é", "a\n", "z").ListOf().Select(string.Concat),
            Gen.Choose(60, 66).Select(static n => new string('a', n)),
            Gen.Choose(250, 256).Select(static n => string.Concat(Enumerable.Repeat("ab.", 86))[..n]));
        Prop.ForAll(texts.ToArbitrary(), static text =>
        {
            Assert.That(NameValidation.IsDns1123Label(text).Count == 0, Is.EqualTo(text.Length <= 63 && Fits($"^{Label}\\z", text)), text);
            Assert.That(NameValidation.IsDns1035Label(text).Count == 0, Is.EqualTo(text.Length <= 63 && Fits("^[a-z]([-a-z0-9]*[a-z0-9])?\\z", text)), text);
            Assert.That(NameValidation.IsDns1123Subdomain(text).Count == 0, Is.EqualTo(text.Length <= 253 && Fits($"^{Label}(\\.{Label})*\\z", text)), text);
            Assert.That(NameValidation.IsValidLabelValue(text).Count == 0, Is.EqualTo(text.Length <= 63 && Fits($"^({Qualified})?\\z", text)), text);
            Assert.That(NameValidation.IsQualifiedName(text).Count == 0, Is.EqualTo(IsQualified(text)), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Test]
    public void ValidateLabels_Bad_NamesTheField()
    {
        FieldErrorList errors = NameValidation.ValidateLabels([new("a b", "x"), new("ok", "-")], FieldPath.Root("metadata").Child("labels"));

        Assert.That(errors.Select(static e => e.ToString()[..40]), Is.EqualTo(new[]
        {
            "metadata.labels: Invalid value: \"a b\": n",
            "metadata.labels: Invalid value: \"-\": a v",
        }));
    }

    [Test]
    public void ValidateAnnotations_UpperCaseKeyIsGood_TooManyBytesAreNot()
    {
        FieldPath field = FieldPath.Root("metadata").Child("annotations");

        Assert.That(NameValidation.ValidateAnnotations([new("Example.COM/a", new string('x', 1000))], field), Is.Empty);
        Assert.That(
            NameValidation.ValidateAnnotations([new("a", new string('é', 131_072))], field).ToString(),
            Is.EqualTo("metadata.annotations: Too long: may not be more than 262144 bytes"));
    }

    private static bool IsQualified(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length <= 2
            && parts[^1].Length <= 63
            && Fits($"^{Qualified}\\z", parts[^1])
            && (parts.Length == 1 || (parts[0].Length <= 253 && Fits($"^{Label}(\\.{Label})*\\z", parts[0])));
    }

    private static bool Fits(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
